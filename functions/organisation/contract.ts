import { callerRoutes, staffRoutes, teamRoutes } from './organisation-routes.ts';

export const about = 'Staff, teams and reporting lines of the company.';

export const routes = { ...staffRoutes, ...teamRoutes, ...callerRoutes };
