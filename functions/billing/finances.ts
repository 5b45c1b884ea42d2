import { creditChanged } from '../../events/invoice.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { handlers } from '../shared/http/contract.ts';
import { isSameJson } from '../shared/json.ts';
import { emit } from '../shared/store/changes.ts';
import { accountChange } from './account.ts';
import { finances, noBalances, noFinance, shownFinance } from './finance.ts';
import { financeRoutes } from './invoice-routes.ts';

export const financeHandlers = handlers(financeRoutes, {
  readFinance: async ({ params: { id = '' } }, { store }) => {
    const { id: customerId } = await activeCustomer(store, id);
    return shownFinance((await store.get(finances, { customerId })) ?? noBalances);
  },
  setCredit: async ({ params: { id = '' }, body: { limit } }, { store }) => {
    const { id: customerId } = await activeCustomer(store, id);
    const before = await store.get(finances, { customerId });
    const { creditLimit, ...account } = before ?? noFinance(customerId);
    const after = { ...account, creditLimit: limit ?? undefined };
    const from = creditLimit ?? null;
    if (isSameJson(from, limit)) return shownFinance(after);
    const event = emit(creditChanged, { customerId, about: customerId, data: { limit, from } });
    return store.commit([accountChange(before, after), event], shownFinance(after));
  },
});
