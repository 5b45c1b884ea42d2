import type { StoredCustomer } from '../customer.ts';
import { originOf } from './origins.ts';
import { isPublicSource, isUnverified } from './provenance.ts';

type Customer = Pick<StoredCustomer, 'createdAt' | 'provenance'>;

const mostSource = 100;

/** a tracker, by its actor, as a source of values: by the id of its write key, as names change */
export const trackerSource = (actor: string) => `tracking:${actor.replace(/^source:/, '')}`.slice(0, mostSource);

export const isPublicActor = (actor: string) => actor.startsWith('source:') && isPublicSource(trackerSource(actor));

/** whether all that is known of a customer was sent with public keys, and never verified */
export const isPublicRecord = ({ provenance }: Pick<StoredCustomer, 'provenance'>) =>
  Boolean(provenance?.origins.length) && provenance!.origins.every(isUnverified);

/** whether a value comes from staff, a server, a file or the customer, or was verified */
export const isProven = (customer: Customer, attribute: string) => !isUnverified(originOf(customer, attribute));

/** what identifies a person: a public key never sets it on a record that has values of others */
export const identifying: ReadonlySet<string> = new Set([
  'email',
  'phone',
  'externalId',
  'name',
  'givenName',
  'familyName',
  'dateOfBirth',
]);
