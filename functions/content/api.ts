import { serve } from '../shared/http/serve.ts';
import { brandHandlers } from './brands.ts';
import { routes } from './contract.ts';
import { templateHandlers } from './templates.ts';

export const handler = serve(routes, { ...brandHandlers, ...templateHandlers });
