import { serve } from '../shared/serve.ts';
import { changeCustomer } from './change-customer.ts';
import { routes } from './contract.ts';
import { createCustomer } from './create-customer.ts';
import { findCustomers } from './find-customers.ts';
import { listDecisions } from './list-decisions.ts';
import { listPeople } from './list-people.ts';
import { readCustomer } from './read-customer.ts';
import { readTimeline } from './read-timeline.ts';
import { readView } from './read-view.ts';
import { setConsent } from './set-consent.ts';
import { upsertCustomer } from './upsert-customer.ts';

export const handler = serve(routes, {
  createCustomer,
  upsertCustomer,
  findCustomers,
  readCustomer,
  changeCustomer,
  readTimeline,
  readView,
  listPeople,
  setConsent,
  listDecisions,
});
