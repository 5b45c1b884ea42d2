import type { Handler } from '../../shared/http/contract.ts';
import { closePromise } from './close-promise.ts';
import type { promiseRoutes } from './promise-routes.ts';

export const keepPromise: Handler<typeof promiseRoutes.keepPromise> = ({ params: { id = '' }, body: { note } }, ctx) =>
  closePromise(ctx, id, { status: 'kept', note });
