import { serve } from '../shared/http/serve.ts';
import { advanceOpportunity } from './advance-opportunity.ts';
import { changeLead } from './change-lead.ts';
import { changeOpportunity } from './change-opportunity.ts';
import { changeOrder } from './change-order.ts';
import { routes } from './contract.ts';
import { createLead } from './create-lead.ts';
import { createOpportunity } from './create-opportunity.ts';
import { createOrder } from './create-order.ts';
import { disqualifyLead } from './disqualify-lead.ts';
import { findLeads } from './find-leads.ts';
import { findOpportunities } from './find-opportunities.ts';
import { findOrders } from './find-orders.ts';
import { listMyOrders } from './list-my-orders.ts';
import { listPipelines } from './list-pipelines.ts';
import { listRefusedReports } from './list-refused-reports.ts';
import { loseOpportunity } from './lose-opportunity.ts';
import { putPipeline } from './put-pipeline.ts';
import { qualifyLead } from './qualify-lead.ts';
import { readLead } from './read-lead.ts';
import { readOpportunity } from './read-opportunity.ts';
import { readOrder } from './read-order.ts';
import { readPipeline } from './read-pipeline.ts';
import { readSnapshot } from './read-snapshot.ts';
import { winOpportunity } from './win-opportunity.ts';

export const handler = serve(routes, {
  createLead,
  findLeads,
  readLead,
  changeLead,
  qualifyLead,
  disqualifyLead,
  putPipeline,
  listPipelines,
  readPipeline,
  readSnapshot,
  createOpportunity,
  findOpportunities,
  readOpportunity,
  changeOpportunity,
  advanceOpportunity,
  winOpportunity,
  loseOpportunity,
  createOrder,
  findOrders,
  listMyOrders,
  readOrder,
  changeOrder,
  listRefusedReports,
});
