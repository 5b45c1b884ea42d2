import { living } from '../customers/living.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { finances, nothingOwed, shownFinance } from './finance.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

export const readFinance: UseCase<typeof invoiceRoutes.readFinance> = async ({ params: { id = '' } }, { store }) => {
  const { id: customerId } = await living(store, id);
  return shownFinance((await store.get(finances, { customerId })) ?? nothingOwed);
};
