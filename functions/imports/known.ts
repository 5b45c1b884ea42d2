import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';

export const keyNames = ['externalId', 'email', 'row'] as const;

/** what a row may be known by */
export type Key = { name: (typeof keyNames)[number]; value: string };

export const spelt = ({ name, value }: Key) => `${name}:${value}`;

/** The customers that some rows are about, as they are and as the rows make them. */
export type Known = {
  /** who holds a key; undefined: nobody */
  holders: Map<string, StoredCustomer['id'] | undefined>;
  customers: Map<string, StoredCustomer>;
  /** keys that were an erased customer's */
  erased: Set<string>;
};

/** the keys that a customer holds, and nobody else may */
export const heldBy = (customer: StoredCustomer | undefined): string[] =>
  customer && isActive(customer)
    ? (['externalId', 'email'] as const).flatMap(name =>
        [customers.unique?.[name]?.of(customer) ?? []].flat().map(value => spelt({ name, value })),
      )
    : [];

/** What is known once a row has changed a customer. */
export const learn = (known: Known, before: StoredCustomer | undefined, after: StoredCustomer) => {
  for (const key of heldBy(before)) known.holders.set(key, undefined);
  for (const key of heldBy(after)) known.holders.set(key, after.id);
  known.customers.set(after.id, after);
};
