import { serve } from '../shared/http/serve.ts';
import { cartHandlers } from './carts/carts.ts';
import { routes } from './contract.ts';
import { assignmentRuleHandlers } from './leads/assignment-rules.ts';
import { leadHandlers } from './leads/leads.ts';
import { opportunityHandlers } from './opportunities/opportunities.ts';
import { orderHandlers } from './orders/orders.ts';
import { pipelineHandlers } from './pipelines/pipelines.ts';
import { quoteHandlers } from './quotes/quotes.ts';
import { rejectedEventHandlers } from './rejected-events.ts';

export const handler = serve(routes, {
  ...leadHandlers,
  ...assignmentRuleHandlers,
  ...pipelineHandlers,
  ...opportunityHandlers,
  ...orderHandlers,
  ...quoteHandlers,
  ...cartHandlers,
  ...rejectedEventHandlers,
});
