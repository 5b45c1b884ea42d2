import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { triggerHandlers } from './triggers.ts';

export const handler = serve(routes, triggerHandlers);
