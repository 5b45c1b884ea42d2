import type { UseCase } from '../shared/http/contract.ts';
import { leads } from './lead.ts';
import type { leadRoutes } from './lead-routes.ts';

export const readLead: UseCase<typeof leadRoutes.readLead> = ({ params: { id = '' } }, { store }) =>
  store.need(leads, { id });
