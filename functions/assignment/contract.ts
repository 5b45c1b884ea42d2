import { agentRoutes } from './agent-routes.ts';

export const about = 'Agents, their capacity, hours and status; business calendars and staffing.';

export const routes = agentRoutes;
