import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { readView } from './read-view.ts';

export const handler = serve(routes, { readView });
