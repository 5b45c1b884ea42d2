import { callCentreRoutes } from './call-routes.ts';

export const about = 'Calls of customers: who calls, what is open, what a call came to.';

export const routes = callCentreRoutes;
