import { serve } from '../shared/http/serve.ts';
import { changeHandlers } from './changes.ts';
import { routes } from './contract.ts';

export const handler = serve(routes, changeHandlers);
