import { serve } from '../shared/http/serve.ts';
import { accessHandlers } from './access.ts';
import { routes } from './contract.ts';
import { meHandlers } from './me.ts';
import { portalSettings } from './portal-settings.ts';
import { proposalHandlers } from './proposals.ts';

export const handler = serve(routes, {
  ...accessHandlers,
  ...meHandlers,
  ...proposalHandlers,
  readPortalSettings: (_, { store }) => portalSettings.of(store),
  putPortalSettings: ({ body }, { store }) => portalSettings.replace(store, body),
});
