import { serve } from '../shared/http/serve.ts';
import { activityHandlers } from './activities.ts';
import { commitmentHandlers } from './commitments.ts';
import { routes } from './contract.ts';
import { documentHandlers } from './documents.ts';
import { needHandlers } from './needs.ts';

export const handler = serve(routes, {
  ...activityHandlers,
  ...commitmentHandlers,
  ...documentHandlers,
  ...needHandlers,
});
