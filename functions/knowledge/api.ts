import { serve } from '../shared/http/serve.ts';
import { knowledgeHandlers } from './answers.ts';
import { routes } from './contract.ts';

export const handler = serve(routes, knowledgeHandlers);
