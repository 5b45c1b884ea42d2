import type { Handler } from '../shared/http/contract.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { teams } from './team.ts';

export const readTeam: Handler<typeof organisationRoutes.readTeam> = ({ params: { id = '' } }, { store }) =>
  store.need(teams, { id });
