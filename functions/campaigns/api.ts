import { serve } from '../shared/http/serve.ts';
import { campaignHandlers } from './campaigns.ts';
import { routes } from './contract.ts';

export const handler = serve(routes, campaignHandlers);
