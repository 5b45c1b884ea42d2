import { Answer, type UseCase } from '../../shared/http/contract.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { publicKey } from './receipt.ts';

export const listErasureKeys: UseCase<typeof erasureRoutes.listErasureKeys> = async (_, { now }) =>
  new Answer(200, { keys: [await publicKey(now)] }, { 'cache-control': 'public, max-age=3600' });
