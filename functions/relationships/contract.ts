import { accountRoutes } from './account-routes.ts';
import { relationshipRoutes, relationshipTypeRoutes } from './relationship-routes.ts';

export const about = 'Relationships between customers, account hierarchies, and owners of customers.';

export const routes = { ...accountRoutes, ...relationshipRoutes, ...relationshipTypeRoutes };
