import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { offerHandlers } from './offers.ts';
import { visitorHandlers } from './visitors.ts';

export const handler = serve(routes, { ...offerHandlers, ...visitorHandlers });
