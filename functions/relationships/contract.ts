import { accountRoutes } from './accounts/account-routes.ts';
import { relationshipRoutes } from './relationship-routes.ts';

export const about = 'Who belongs to whom: people, organisations, accounts and who looks after them.';

export const routes = { ...relationshipRoutes, ...accountRoutes };
