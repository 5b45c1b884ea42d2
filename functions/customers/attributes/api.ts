import { serve } from '../../shared/serve.ts';
import { routes } from './contract.ts';
import { listAttributes } from './list-attributes.ts';
import { listConflicts } from './list-conflicts.ts';
import { putAttribute } from './put-attribute.ts';
import { putCustomerRules } from './put-customer-rules.ts';
import { readAttribute } from './read-attribute.ts';
import { readCustomerRules } from './read-customer-rules.ts';
import { readProvenance } from './read-provenance.ts';
import { removeAttribute } from './remove-attribute.ts';
import { verifyCustomer } from './verify-customer.ts';

export const handler = serve(routes, {
  listAttributes,
  readAttribute,
  putAttribute,
  removeAttribute,
  readCustomerRules,
  putCustomerRules,
  readProvenance,
  verifyCustomer,
  listConflicts,
});
