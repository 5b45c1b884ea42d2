import { customers, isActive } from '../customers/customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Store } from '../shared/store/store.ts';
import { duplicates } from './duplicate.ts';

const closed = (message: string) => new ApiError('conflict', 'duplicate.closed', message);

/** A duplicate that is to be judged, and its two records; refuses one that was judged already, or is none any more. */
export const openDuplicate = async (store: Store, id: string) => {
  const duplicate = await store.need(duplicates, { id });
  if (duplicate.state === 'closed') throw closed('the two no longer look like one customer, or one of them is no more');
  if (duplicate.state !== 'open') {
    const message = `this duplicate was ${duplicate.state} already`;
    throw new ApiError('conflict', 'duplicate.decided', message, { extra: { state: duplicate.state } });
  }
  const [a, b] = await Promise.all(duplicate.customers.map(one => store.get(customers, { id: one })));
  if (!a || !b || ![a, b].every(isActive)) throw closed('one of the two was merged into another, or erased, meanwhile');
  return { duplicate, a, b };
};
