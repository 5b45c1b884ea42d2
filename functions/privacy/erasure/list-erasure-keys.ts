import { type Handler, Reply } from '../../shared/http/contract.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { publicKey } from './receipt.ts';

export const listErasureKeys: Handler<typeof erasureRoutes.listErasureKeys> = async (_, { now }) =>
  new Reply(200, { keys: [await publicKey(now)] }, { 'cache-control': 'public, max-age=3600' });
