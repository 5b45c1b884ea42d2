import { serve } from '../shared/http/serve.ts';
import { approvalHandlers } from './approvals/approvals.ts';
import { cartHandlers } from './carts/carts.ts';
import { routes } from './contract.ts';
import { formHandlers } from './forms/forms.ts';
import { assignmentRuleHandlers } from './leads/assignment-rules.ts';
import { leadHandlers } from './leads/leads.ts';
import { opportunityHandlers } from './opportunities/opportunities.ts';
import { orderHandlers } from './orders/orders.ts';
import { forecastHandlers } from './pipelines/forecasts.ts';
import { pipelineHandlers } from './pipelines/pipelines.ts';
import { customerQuoteHandlers } from './quotes/customer-quotes.ts';
import { quoteHandlers } from './quotes/quotes.ts';
import { rejectedEventHandlers } from './rejected-events.ts';

export const handler = serve(routes, {
  ...leadHandlers,
  ...assignmentRuleHandlers,
  ...formHandlers,
  ...pipelineHandlers,
  ...forecastHandlers,
  ...opportunityHandlers,
  ...orderHandlers,
  ...quoteHandlers,
  ...customerQuoteHandlers,
  ...approvalHandlers,
  ...cartHandlers,
  ...rejectedEventHandlers,
});
