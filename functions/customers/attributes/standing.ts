import type { StoredCustomer } from '../customer.ts';
import { originOf } from './origins.ts';

type Customer = Pick<StoredCustomer, 'createdAt' | 'provenance'>;

/** a key that stands in a page or an app, which anyone can read: it proves nothing */
export const isPublicSource = (source: string) => /^tracking:(?!server:|bus:)/.test(source);

/** a tracker as a source: by the id of its write key, as names change */
export const trackerSource = (actor: string) => `tracking:${actor.replace(/^source:/, '')}`.slice(0, 100);

export const isPublicActor = (actor: string) => actor.startsWith('source:') && isPublicSource(trackerSource(actor));

/** whether all that is known of a customer was sent with public keys, and never verified */
export const isPublicRecord = ({ provenance }: Pick<StoredCustomer, 'provenance'>) =>
  Boolean(provenance?.origins.length) &&
  provenance!.origins.every(({ source, verified }) => isPublicSource(source) && !verified);

/** whether a value comes from staff, a server, a file or the customer, or was verified */
export const isProven = (customer: Customer, attribute: string) => {
  const { source, verified } = originOf(customer, attribute);
  return !isPublicSource(source) || verified !== undefined;
};

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
