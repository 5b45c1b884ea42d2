import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { webhookHandlers } from './webhooks.ts';

export const handler = serve(routes, webhookHandlers);
