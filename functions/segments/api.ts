import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { segmentationHandlers } from './segmentations.ts';
import { segmentHandlers } from './segments.ts';

export const handler = serve(routes, { ...segmentHandlers, ...segmentationHandlers });
