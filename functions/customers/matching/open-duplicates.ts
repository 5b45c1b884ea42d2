import type { Store } from '../../shared/store.ts';
import { duplicates } from './duplicate.ts';

/** so many of a customer's duplicates are looked at */
const most = 50;

/** a customer's duplicates that wait to be judged */
export const openDuplicates = async (store: Store, customerId: string) => {
  const { items } = await store.lookup(duplicates, 'customer', customerId, { limit: most });
  const filed = await store.getAll(
    duplicates,
    items.map(id => ({ id })),
  );
  return filed.filter(({ state }) => state === 'open');
};
