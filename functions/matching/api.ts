import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { duplicateHandlers } from './duplicates.ts';

export const handler = serve(routes, duplicateHandlers);
