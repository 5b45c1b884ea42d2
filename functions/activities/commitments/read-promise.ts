import type { Handler } from '../../shared/http/contract.ts';
import { promises } from './promise.ts';
import type { promiseRoutes } from './promise-routes.ts';

export const readPromise: Handler<typeof promiseRoutes.readPromise> = ({ params: { id = '' } }, { store }) =>
  store.need(promises, { id });
