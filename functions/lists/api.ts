import { serve } from '../shared/http/serve.ts';
import { bulkHandlers } from './bulk/bulks.ts';
import { routes } from './contract.ts';
import { listHandlers } from './lists.ts';
import { memberHandlers } from './members.ts';

export const handler = serve(routes, { ...listHandlers, ...memberHandlers, ...bulkHandlers });
