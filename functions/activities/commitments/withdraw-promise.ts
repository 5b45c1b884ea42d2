import type { Handler } from '../../shared/http/contract.ts';
import { closePromise } from './close-promise.ts';
import type { promiseRoutes } from './promise-routes.ts';

export const withdrawPromise: Handler<typeof promiseRoutes.withdrawPromise> = (
  { params: { id = '' }, body: { note } },
  ctx,
) => closePromise(ctx, id, { status: 'withdrawn', note });
