import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { doubtsOf } from './hygiene/doubt.ts';

export const readDoubts: Handler<typeof routes.readDoubts> = async ({ params: { id = '' } }, { store }) => {
  const customer = await activeCustomer(store, id);
  return { items: await doubtsOf(store, customer.id) };
};
