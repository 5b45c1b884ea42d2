import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { finances, nothingOwed, shownFinance } from './finance.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

export const readFinance: Handler<typeof invoiceRoutes.readFinance> = async ({ params: { id = '' } }, { store }) => {
  const { id: customerId } = await activeCustomer(store, id);
  return shownFinance((await store.get(finances, { customerId })) ?? nothingOwed);
};
