import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { findCustomers } from './find-customers.ts';

export const handler = serve(routes, { findCustomers });
