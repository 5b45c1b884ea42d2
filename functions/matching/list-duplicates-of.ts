import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { duplicates } from './duplicate.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';

export const listDuplicatesOf: Handler<typeof duplicateRoutes.listDuplicatesOf> = async (
  { params: { id = '' }, query: { state, ...paging } },
  { store },
) => {
  await activeCustomer(store, id);
  const { items, nextCursor } = await store.lookup(duplicates, 'customer', id, paging);
  const found = await store.getAll(
    duplicates,
    items.map(one => ({ id: one })),
  );
  const wanted = found.filter(one => state === undefined || one.state === state);
  return { items: wanted.sort((a, b) => b.probability - a.probability), nextCursor };
};
