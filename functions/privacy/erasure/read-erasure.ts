import type { Handler } from '../../shared/http/contract.ts';
import { erasures } from './erasure.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { receiptOf } from './receipt.ts';

export const readErasure: Handler<typeof erasureRoutes.readErasure> = async (
  { params: { id = '' } },
  { store, tenant, now },
) => receiptOf(await store.need(erasures, { id }), tenant, now);
