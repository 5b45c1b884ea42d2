import type * as z from 'zod';
import { revive } from '../shared/entity.ts';
import type { Store } from '../shared/store.ts';
import { type Consent, type Customer, consents, customers, identities, type identityTypes } from './customer.ts';

export type IdentityType = (typeof identityTypes)[number];

/** the customer, or undefined */
export const customerById = (store: Store, id: string): Promise<Customer | undefined> => store.get(customers, { id });

/** the customer or a refusal with 404 */
export const needCustomer = (store: Store, id: string): Promise<Customer> => store.need(customers, { id });

/** id of the customer with that e-mail address */
export const customerIdByEmail = (store: Store, email: string) => store.holder(customers, 'email', email);

/** a customer and its consents in one call */
export const customerWithConsents = async (store: Store, id: string) => {
  // the main record and the consents lie on either side of the events: two short ranges
  const [customer, { items }] = await Promise.all([
    store.get(customers, { id }),
    store.partition(['customer', id], { limit: 200, within: { from: 'consent#', to: 'consent$' } }),
  ]);
  return customer && { customer, consents: items.map((item): z.output<typeof Consent> => revive(consents, item)) };
};

/** ids of the customers that trackers' identities belong to, in one call, in the order asked */
export const customersOf = (store: Store, asked: { type: IdentityType; value: string }[]) =>
  store.holders(
    asked.map(({ type, value }) =>
      type === 'externalId'
        ? { entity: customers, unique: 'externalId', value }
        : { entity: identities, unique: 'value', value: `${type}:${value}` },
    ),
  );
