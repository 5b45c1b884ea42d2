import type { UseCase } from '../../shared/http/contract.ts';
import { needs } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const readNeed: UseCase<typeof needRoutes.readNeed> = ({ params: { id = '' } }, { store }) =>
  store.need(needs, { id });
