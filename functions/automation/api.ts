import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { journeyHandlers } from './journeys/journeys.ts';
import { triggerHandlers } from './triggers.ts';
import { webhookHandlers } from './webhook-secret.ts';

export const handler = serve(routes, { ...triggerHandlers, ...journeyHandlers, ...webhookHandlers });
