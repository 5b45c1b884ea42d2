import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { exportHandlers } from './exports.ts';

export const handler = serve(routes, exportHandlers);
