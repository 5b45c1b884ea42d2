import { accountRoutes } from './accounts/account-routes.ts';
import { relationshipRoutes } from './relationships/relationship-routes.ts';

export const about =
  'What a customer is connected with: other people and organisations, what it owns and needs, what was done and written for it.';

export const routes = { ...relationshipRoutes, ...accountRoutes };
