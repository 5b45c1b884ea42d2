import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { conversationHandlers } from './conversations.ts';

export const handler = serve(routes, conversationHandlers);
