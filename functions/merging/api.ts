import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { mergeHandlers } from './merges.ts';

export const handler = serve(routes, mergeHandlers);
