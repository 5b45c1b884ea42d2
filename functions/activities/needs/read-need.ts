import type { Handler } from '../../shared/http/contract.ts';
import { needs } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const readNeed: Handler<typeof needRoutes.readNeed> = ({ params: { id = '' } }, { store }) =>
  store.need(needs, { id });
