import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { webAnalyticsHandlers } from './sources.ts';

export const handler = serve(routes, webAnalyticsHandlers);
