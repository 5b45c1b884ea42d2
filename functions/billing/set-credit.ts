import { isDeepStrictEqual } from 'node:util';
import { creditChanged } from '../../events/invoice.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import { accountChange } from './account.ts';
import { finances, noFinance, shownFinance } from './finance.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

export const setCredit: Handler<typeof invoiceRoutes.setCredit> = async (
  { params: { id = '' }, body: { limit } },
  { store },
) => {
  const { id: customerId } = await activeCustomer(store, id);
  const account = await store.get(finances, { customerId });
  const { creditLimit, ...is } = account ?? noFinance(customerId);
  const from = creditLimit ?? null;
  const after = { ...is, ...(limit ? { creditLimit: limit } : {}) };
  if (isDeepStrictEqual(from, limit)) return shownFinance(after);
  return store.commit(
    [accountChange(account, after), emit(creditChanged, { customerId, about: customerId, data: { limit, from } })],
    shownFinance(after),
  );
};
