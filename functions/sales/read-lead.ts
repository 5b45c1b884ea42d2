import type { Handler } from '../shared/http/contract.ts';
import { leads } from './lead.ts';
import type { leadRoutes } from './lead-routes.ts';

export const readLead: Handler<typeof leadRoutes.readLead> = ({ params: { id = '' } }, { store }) =>
  store.need(leads, { id });
