import { serve } from '../shared/http/serve.ts';
import { attributeHandlers } from './attributes.ts';
import { routes } from './contract.ts';

export const handler = serve(routes, attributeHandlers);
