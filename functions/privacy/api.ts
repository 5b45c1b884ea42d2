import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { erasureHandlers } from './erasure/erasures.ts';
import { exportCustomer, exportMe } from './export-customer.ts';
import { linkKeyHandlers } from './link-keys.ts';
import { reportPurposes } from './purpose-report.ts';
import { retentionHandlers } from './retention.ts';

export const handler = serve(routes, {
  exportCustomer,
  exportMe,
  reportPurposes,
  ...retentionHandlers,
  ...erasureHandlers,
  ...linkKeyHandlers,
});
