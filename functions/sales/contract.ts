import { agentChanged, businessHoursStarted, calendarChanged } from '../../events/agent.ts';
import { approvalDue } from '../../events/approval.ts';
import { contactIdentified } from '../../events/customer.ts';
import {
  assignmentRuleChanged,
  leadAssigned,
  leadChanged,
  leadCreated,
  leadDisqualified,
  leadErased,
  leadIdentified,
  leadQualified,
  leadQueued,
  leadRequested,
  leadResponseDue,
} from '../../events/lead.ts';
import { opportunityMilestoneDue, opportunityStallDue } from '../../events/opportunity.ts';
import { orderRestDue } from '../../events/order.ts';
import { quoteDue } from '../../events/quote.ts';
import { staffChanged, staffRemoved, teamChanged } from '../../events/staff.ts';
import { cartCalls, orderCalls, trackedTrack } from '../../events/tracked.ts';
import { on, onExternal } from '../shared/http/contract.ts';
import { approvalRoutes } from './approvals/approval-routes.ts';
import { cartRoutes } from './carts/cart-routes.ts';
import { formRoutes } from './forms/form-routes.ts';
import { assignmentRuleRoutes } from './leads/assignment-rule-routes.ts';
import { leadRoutes } from './leads/lead-routes.ts';
import { opportunityRoutes } from './opportunities/opportunity-routes.ts';
import { orderRoutes } from './orders/order-routes.ts';
import { forecastRoutes } from './pipelines/forecast-routes.ts';
import { pipelineRoutes } from './pipelines/pipeline-routes.ts';
import { customerQuoteRoutes, quoteRoutes } from './quotes/quote-routes.ts';
import { rejectedEventRoutes } from './rejected-events.ts';

export const about = 'Leads, opportunities in their pipelines, quotes, orders and carts.';

export const routes = {
  ...leadRoutes,
  ...assignmentRuleRoutes,
  ...formRoutes,
  ...pipelineRoutes,
  ...forecastRoutes,
  ...opportunityRoutes,
  ...orderRoutes,
  ...quoteRoutes,
  ...customerQuoteRoutes,
  ...approvalRoutes,
  ...cartRoutes,
  ...rejectedEventRoutes,
};

const leadFreed = [leadAssigned, leadQueued, leadChanged, leadQualified, leadDisqualified, leadErased];
const staffFreed = [
  ...[agentChanged, staffChanged, teamChanged, calendarChanged, businessHoursStarted],
  assignmentRuleChanged,
];

export const subscriptions = {
  linkLead: on([contactIdentified], 'links a lead to its customer once the contact is identified'),
  ingestReports: onExternal(
    { bus: 'inbound', detailType: ['order.reported', 'lead.reported', 'opportunity.reported'] },
    'records orders, leads and opportunities that other systems report on the bus',
  ),
  recordTrackedOrder: on(
    [trackedTrack],
    'records the orders that a tracker with a server key reports, and their changes; a public key makes no order',
    [],
    { named: orderCalls },
  ),
  recordCart: on([trackedTrack], 'keeps the carts of customers, as trackers report what is done with them', [], {
    named: cartCalls,
  }),
  assignLeads: on(
    [leadCreated, leadIdentified, leadResponseDue],
    'gives a lead to somebody by the assignment rules, and to somebody else where nobody responded in time',
  ),
  pullLeads: on(
    [...leadFreed, ...staffFreed],
    'gives the oldest waiting lead to somebody who became free under its assignment rule',
  ),
  returnLeads: on(
    [agentChanged, staffRemoved, assignmentRuleChanged],
    'assigns again what somebody who went away did not respond to, and what waits under a deleted rule',
  ),
  actOnDue: on(
    [orderRestDue, quoteDue, approvalDue, opportunityStallDue, opportunityMilestoneDue],
    'acts on times that are over: of quotes, of approvals, of stages and milestones, and of the rest of orders',
  ),
  askForTopics: on([leadIdentified], 'asks a customer to confirm the topics that were asked for by a form'),
  openLead: on([leadRequested], 'opens a lead that another context requests'),
};
