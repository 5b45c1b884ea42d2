import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { loyaltyHandlers } from './loyalty.ts';

export const handler = serve(routes, loyaltyHandlers);
