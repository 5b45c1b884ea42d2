import { serve } from '../shared/http/serve.ts';
import { confirmationHandlers } from './confirmations.ts';
import { consentHandlers } from './consents.ts';
import { routes } from './contract.ts';
import { preferenceHandlers } from './preferences.ts';
import { purposeHandlers } from './purposes.ts';
import { topicHandlers } from './topics.ts';

export const handler = serve(routes, {
  ...confirmationHandlers,
  ...consentHandlers,
  ...preferenceHandlers,
  ...purposeHandlers,
  ...topicHandlers,
});
