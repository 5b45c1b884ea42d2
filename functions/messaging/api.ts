import { serve } from '../shared/http/serve.ts';
import { callHandlers } from './calls.ts';
import { routes } from './contract.ts';
import { letterHandlers } from './letters.ts';
import { messageHandlers } from './messages.ts';
import { ownMessageHandlers } from './own-messages.ts';
import { unsubscribeHandlers } from './unsubscribe.ts';

export const handler = serve(routes, {
  ...messageHandlers,
  ...ownMessageHandlers,
  ...callHandlers,
  ...letterHandlers,
  ...unsubscribeHandlers,
});
