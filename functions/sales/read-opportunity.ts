import type { UseCase } from '../shared/http/contract.ts';
import { opportunities } from './opportunity.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';

export const readOpportunity: UseCase<typeof opportunityRoutes.readOpportunity> = (
  { params: { id = '' } },
  { store },
) => store.need(opportunities, { id });
