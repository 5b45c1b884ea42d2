import { serve } from '../shared/http/serve.ts';
import { assetHandlers } from './assets.ts';
import { routes } from './contract.ts';
import { readingHandlers } from './readings.ts';

export const handler = serve(routes, { ...assetHandlers, ...readingHandlers });
