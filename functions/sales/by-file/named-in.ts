import type * as z from 'zod';
import type { CustomerId } from '../../../events/ids.ts';
import {
  type CustomerReference,
  type ResolvedReference,
  resolveReferences,
} from '../../customers/resolve-references.ts';
import type { Fault, FileField, Given } from '../../shared/imports/importable.ts';
import type { Store } from '../../shared/store/store.ts';

/** what is longer names nothing, and would not fit a key */
export const mostNameCharacters = 256;

/** where a row says whose it is, in the order in which it is believed */
const ways = [
  ['customerId', 'id'],
  ['customer.externalId', 'externalId'],
  ['customer.email', 'email'],
  ['customer.phone', 'phone'],
] as const;

export const customerFields: Record<string, FileField> = {
  customerId: { is: 'text', needed: true, most: mostNameCharacters },
  'customer.externalId': {
    is: 'text',
    needed: true,
    most: mostNameCharacters,
    words:
      'customerno customernumber customerid custno custid customer clientid contactid accountid kundennummer kundennr idclient codigocliente',
  },
  'customer.email': {
    is: 'email',
    needed: true,
    words: 'customeremail email emailaddress mail courriel correo contactemail',
  },
  'customer.phone': { is: 'phone', needed: true, words: 'customerphone phone mobile telephone telefon tel' },
};

/** where a row names its customer first, if it does */
export const namingPath = (given: Given): string | undefined =>
  Object.keys(customerFields).find(path => given[path] !== undefined);

export const namesIn = (given: Given): CustomerReference[] =>
  ways.flatMap(([path, type]) => (given[path] === undefined ? [] : [{ type, value: String(given[path]) }]));

export type KnownNames = Map<string, ResolvedReference>;

const spelt = ({ type, value }: CustomerReference) => `${type}:${value}`;

/** whom some rows name, looked up once */
export const lookUpNames = async (store: Store, names: CustomerReference[]): Promise<KnownNames> => {
  const once = [...new Map(names.map(name => [spelt(name), name])).values()];
  const found = await resolveReferences(store, once);
  return new Map(once.map((name, nth) => [spelt(name), found[nth] ?? { not: 'unknown' }]));
};

export const whoIs = (name: CustomerReference, known: KnownNames): ResolvedReference =>
  known.get(spelt(name)) ?? { not: 'unknown' };

const words = {
  erased: 'was an erased customer’s: an import does not bring it back',
  several: 'is of several customers: name one by its id or e-mail address',
  unknown: 'is no customer’s that is known',
};

/** who holds an address or number, and goes by another id than the row says, is somebody else */
const isAnother = (
  { type }: CustomerReference,
  { externalIds }: Extract<ResolvedReference, { id: string }>,
  said: unknown,
) =>
  (type === 'email' || type === 'phone') &&
  said !== undefined &&
  externalIds.length > 0 &&
  !externalIds.includes(String(said));

export type Whose = { customerId: z.output<typeof CustomerId> } | { fault: Fault; isUnknown: boolean } | undefined;

/** The customer that a row is of, by the first way that leads to one; undefined: it says nothing of one. */
export const customerOf = (given: Given, known: KnownNames): Whose => {
  let fault: Fault | undefined;
  for (const [path, type] of ways) {
    if (given[path] === undefined) continue;
    const name: CustomerReference = { type, value: String(given[path]) };
    const found = whoIs(name, known);
    if ('id' in found && !isAnother(name, found, given['customer.externalId'])) return { customerId: found.id };
    const not = 'id' in found ? 'unknown' : found.not;
    if (not !== 'unknown') return { fault: { path, message: words[not] }, isUnknown: false };
    fault ??= { path, message: words[not] };
  }
  return fault && { fault, isUnknown: true };
};
