import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { messageHandlers } from './messages.ts';
import { unsubscribeHandlers } from './unsubscribe.ts';

export const handler = serve(routes, { ...messageHandlers, ...unsubscribeHandlers });
