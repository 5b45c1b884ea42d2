import { activities } from '../activities/activity.ts';
import { finances } from '../billing/finance.ts';
import { opportunities } from '../sales/opportunities/opportunity.ts';
import { cases } from '../service/cases/case.ts';
import { openStatuses } from '../service/cases/case-changes.ts';
import type { Store } from '../shared/store/store.ts';

/** Whether something with a customer is not finished: no rule of time erases it before. */
export const hasUnfinished = async (store: Store, customerId: string): Promise<boolean> => {
  const account = await store.get(finances, { customerId });
  if (account && Object.keys(account.open).length) return true;
  const found = await Promise.all([
    store.belonging(cases, customerId, { limit: 1, keep: ({ status }) => openStatuses.includes(status) }),
    store.belonging(opportunities, customerId, { limit: 1, keep: ({ status }) => status === 'open' }),
    // of activities, open tasks belong to the customer; those that rules set show nothing of it
    store.belonging(activities, customerId, { limit: 1, keep: ({ by }) => !by.startsWith('rapport:') }),
  ]);
  return found.some(({ items }) => items.length > 0);
};
