import type { UseCase } from '../shared/http/contract.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { teams } from './team.ts';

export const readTeam: UseCase<typeof organisationRoutes.readTeam> = ({ params: { id = '' } }, { store }) =>
  store.need(teams, { id });
