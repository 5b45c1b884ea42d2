import type { Store } from '../shared/store/store.ts';
import { duplicates, type StoredDuplicate } from './duplicate.ts';

/** so many are read at a time, and so many of a customer's duplicates are looked at */
const most = { page: 100, all: 500 };

/** a customer's duplicates that wait to be judged */
export const openDuplicates = async (store: Store, customerId: string): Promise<StoredDuplicate[]> => {
  const found: StoredDuplicate[] = [];
  let cursor: string | null = null;
  do {
    const paging: { limit: number; cursor?: string } = { limit: most.page, ...(cursor ? { cursor } : {}) };
    const { items, nextCursor } = await store.lookup(duplicates, 'customer', customerId, paging);
    const ids = items.map(id => ({ id }));
    found.push(...(await store.getAll(duplicates, ids)));
    cursor = nextCursor;
  } while (cursor && found.length < most.all);
  return found.filter(({ state }) => state === 'open');
};
