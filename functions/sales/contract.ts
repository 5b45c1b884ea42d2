import { contactRecognised } from '../../events/customer.ts';
import { leadRequested } from '../../events/lead.ts';
import { hear } from '../shared/contract.ts';
import { leadRoutes } from './lead-routes.ts';
import { opportunityRoutes } from './opportunity-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { pipelineRoutes } from './pipeline-routes.ts';

export const about = 'Leads, opportunities through their pipelines, and orders.';

export const routes = { ...leadRoutes, ...pipelineRoutes, ...opportunityRoutes, ...orderRoutes };

export const hears = {
  linkLead: hear([contactRecognised], 'gives a lead the customer that its contact turned out to be'),
  openLead: hear([leadRequested], 'opens the lead that another context asks for'),
};
