import { accessRoutes, meRoutes, proposalRoutes, settingsRoutes } from './portal-routes.ts';

export const about = 'Sign-in of customers, their own records, and their change requests.';

export const routes = { ...accessRoutes, ...meRoutes, ...proposalRoutes, ...settingsRoutes };
