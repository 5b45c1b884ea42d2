import { serve } from '../shared/http/serve.ts';
import { changeSettings } from './change-settings.ts';
import { routes } from './contract.ts';
import { listMessages } from './list-messages.ts';
import { readContactability } from './read-contactability.ts';
import { readMessage } from './read-message.ts';
import { readSettings } from './read-settings.ts';
import { showUnsubscribe } from './show-unsubscribe.ts';
import { unsubscribe } from './unsubscribe.ts';

export const handler = serve(routes, {
  listMessages,
  readContactability,
  readMessage,
  readSettings,
  changeSettings,
  showUnsubscribe,
  unsubscribe,
});
