import { contactIdentified } from '../../events/customer.ts';
import { leadRequested } from '../../events/lead.ts';
import { on, onExternal } from '../shared/http/contract.ts';
import { leadRoutes } from './lead-routes.ts';
import { opportunityRoutes } from './opportunity-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { pipelineRoutes } from './pipeline-routes.ts';
import { reportRoutes } from './reported/report-routes.ts';

export const about = 'Leads, opportunities through their pipelines, and orders.';

export const routes = { ...leadRoutes, ...pipelineRoutes, ...opportunityRoutes, ...orderRoutes, ...reportRoutes };

export const subscriptions = {
  linkLead: on([contactIdentified], 'gives a lead the customer that its contact turned out to be'),
  takeReports: onExternal(
    { bus: 'own', detailType: ['order.reported', 'lead.reported', 'opportunity.reported'] },
    'records the orders, leads and opportunities that other systems report on the bus',
  ),
  openLead: on([leadRequested], 'opens the lead that another context asks for'),
};
