import { serve } from '../shared/http/serve.ts';
import { attributeHandlers } from './attributes/attributes.ts';
import { routes } from './contract.ts';
import { customerHandlers } from './customers.ts';

export const handler = serve(routes, { ...customerHandlers, ...attributeHandlers });
