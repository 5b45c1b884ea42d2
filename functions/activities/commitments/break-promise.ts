import type { Handler } from '../../shared/http/contract.ts';
import { closePromise } from './close-promise.ts';
import type { promiseRoutes } from './promise-routes.ts';

export const breakPromise: Handler<typeof promiseRoutes.breakPromise> = (
  { params: { id = '' }, body: { note } },
  ctx,
) => closePromise(ctx, id, { status: 'broken', note });
