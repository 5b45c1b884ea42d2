import { serve } from '../shared/http/serve.ts';
import { callerHandlers } from './caller.ts';
import { routes } from './contract.ts';
import { staffHandlers } from './staff.ts';
import { teamHandlers } from './teams.ts';

export const handler = serve(routes, { ...staffHandlers, ...teamHandlers, ...callerHandlers });
