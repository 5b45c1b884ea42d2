import { serve } from '../shared/http/serve.ts';
import { listConflicts } from './attributes/list-conflicts.ts';
import { putCustomerRules } from './attributes/put-customer-rules.ts';
import { readCustomerRules } from './attributes/read-customer-rules.ts';
import { readProvenance } from './attributes/read-provenance.ts';
import { verifyCustomer } from './attributes/verify-customer.ts';
import { changeCustomer } from './change-customer.ts';
import { routes } from './contract.ts';
import { createCustomer } from './create-customer.ts';
import { listDecisions } from './list-decisions.ts';
import { readCustomer } from './read-customer.ts';
import { readTimeline } from './read-timeline.ts';
import { upsertCustomer } from './upsert-customer.ts';

export const handler = serve(routes, {
  createCustomer,
  upsertCustomer,
  readCustomer,
  changeCustomer,
  readTimeline,
  listDecisions,
  readCustomerRules,
  putCustomerRules,
  readProvenance,
  verifyCustomer,
  listConflicts,
});
