import type { Handler } from '../../shared/http/contract.ts';
import { erasures } from './erasure.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { receiptOf } from './receipt.ts';

export const listErasures: Handler<typeof erasureRoutes.listErasures> = async ({ query }, { store, tenant, now }) => {
  const { items, nextCursor } = await store.list(erasures, 'all', 'all', query);
  return { items: await Promise.all(items.map(erasure => receiptOf(erasure, tenant, now))), nextCursor };
};
