import type * as z from 'zod';
import type { CustomerId } from '../../../events/ids.ts';
import {
  type CustomerReference,
  type ResolvedReference,
  resolveReferences,
} from '../../customers/resolve-references.ts';
import type { Fault, FileField, Given } from '../../shared/imports/importable.ts';
import type { Store } from '../../shared/store/store.ts';

/** what is longer identifies nothing, and would not fit a key */
const most = 256;

/** the column by which a record is found again */
export const keyColumn = (words: string): FileField => ({ is: 'text', needed: true, most, words });

/** the columns that identify the customer of a row, in their order of precedence */
export const customerColumns: Record<string, FileField> = {
  customerId: { is: 'text', needed: true, most },
  'customer.externalId': {
    is: 'text',
    needed: true,
    most,
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

const referencesIn = (given: Given) =>
  Object.keys(customerColumns).flatMap(path => {
    const type = (path === 'customerId' ? 'id' : path.split('.')[1]) as CustomerReference['type'];
    return given[path] === undefined ? [] : [{ path, reference: { type, value: String(given[path]) } }];
  });

export const customerReferences = (given: Given): CustomerReference[] =>
  referencesIn(given).map(({ reference }) => reference);

/** the first column of a row that identifies its customer */
export const referencePath = (given: Given) => referencesIn(given)[0]?.path;

/** reference -> its customer, or why it has no customer */
export type Customers = Map<string, ResolvedReference>;

const keyOf = ({ type, value }: CustomerReference) => `${type}:${value}`;

/** the customers of some references, each looked up once */
export const resolveCustomers = async (store: Store, references: CustomerReference[]): Promise<Customers> => {
  const once = [...new Map(references.map(reference => [keyOf(reference), reference])).values()];
  const found = await resolveReferences(store, once);
  return new Map(once.map((reference, nth) => [keyOf(reference), found[nth] ?? { not: 'unknown' }]));
};

export const findReference = (reference: CustomerReference, customers: Customers): ResolvedReference =>
  customers.get(keyOf(reference)) ?? { not: 'unknown' };

export const erasedFault = 'belonged to an erased customer and cannot be imported';

const faults = {
  erased: erasedFault,
  several: 'matches several customers: use an id or e-mail address',
  unknown: 'matches no customer',
};

/** an address or number of a customer that has another external id than the row gives is another customer's */
const isAnother = (
  { type }: CustomerReference,
  { externalIds }: Extract<ResolvedReference, { id: string }>,
  externalId: unknown,
) =>
  (type === 'email' || type === 'phone') &&
  externalId !== undefined &&
  externalIds.length > 0 &&
  !externalIds.includes(String(externalId));

type RowCustomer = { customerId: z.output<typeof CustomerId> } | { fault: Fault; isUnknown: boolean };

/** The customer of a row, by the first column that identifies one; undefined: no column has a value. */
export const customerOf = (given: Given, customers: Customers): RowCustomer | undefined => {
  let fault: Fault | undefined;
  for (const { path, reference } of referencesIn(given)) {
    const found = findReference(reference, customers);
    if ('id' in found && !isAnother(reference, found, given['customer.externalId'])) return { customerId: found.id };
    const not = 'id' in found ? 'unknown' : found.not;
    if (not !== 'unknown') return { fault: { path, message: faults[not] }, isUnknown: false };
    fault ??= { path, message: faults[not] };
  }
  return fault && { fault, isUnknown: true };
};

/** the customer of the row of a new record, which needs one */
export const neededCustomer = (
  given: Given,
  customers: Customers,
): Exclude<RowCustomer, { fault: Fault }> | { fault: Fault } =>
  customerOf(given, customers) ?? { fault: { path: 'customerId', message: 'the row has no customer' } };

/** what is wrong with the customer of a row for a record that has its customer; a row without one says nothing of it */
export const customerFault = (
  given: Given,
  customers: Customers,
  { customerId, noun }: { customerId: string; noun: string },
): Fault | undefined => {
  const customer = customerOf(given, customers);
  if (!customer || 'fault' in customer) return customer?.fault;
  if (customer.customerId === customerId) return undefined;
  return { path: referencePath(given) ?? '', message: `is not the customer of this ${noun}` };
};
