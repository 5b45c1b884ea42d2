import { serve } from '../shared/http/serve.ts';
import { agentHandlers } from './agents.ts';
import { routes } from './contract.ts';

export const handler = serve(routes, agentHandlers);
