import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { hygieneHandlers } from './hygiene/hygiene.ts';
import { qualityHandlers } from './quality.ts';

export const handler = serve(routes, { ...qualityHandlers, ...hygieneHandlers });
