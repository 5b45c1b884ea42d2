import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { erasureUseCases } from './erasure/erasure-use-cases.ts';
import { exportCustomer } from './export-customer.ts';
import { reportPurposes } from './report-purposes.ts';
import { retentionUseCases } from './retention-use-cases.ts';

export const handler = serve(routes, { exportCustomer, reportPurposes, ...retentionUseCases, ...erasureUseCases });
