import { finances } from '../billing/finance.ts';
import type { Store } from '../shared/store/store.ts';

/** whether an invoice of a customer is open */
export const owes = async (store: Store, customerId: string): Promise<boolean> => {
  const account = await store.get(finances, { customerId });
  return account !== undefined && Object.keys(account.open).length > 0;
};
