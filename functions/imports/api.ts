import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { importHandlers } from './imports.ts';
import { scheduleHandlers } from './schedules/schedules.ts';

export const handler = serve(routes, { ...importHandlers, ...scheduleHandlers });
