import type { Handler } from '../shared/http/contract.ts';
import { opportunities } from './opportunity.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';

export const readOpportunity: Handler<typeof opportunityRoutes.readOpportunity> = (
  { params: { id = '' } },
  { store },
) => store.need(opportunities, { id });
