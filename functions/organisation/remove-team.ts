import { teamRemoved } from '../../events/staff.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { emit, remove } from '../shared/store/changes.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { staff } from './staff.ts';
import { teams, told } from './team.ts';

export const removeTeam: Handler<typeof organisationRoutes.removeTeam> = async ({ params: { id = '' } }, { store }) => {
  const [team, people, parts] = await Promise.all([
    store.need(teams, { id }),
    store.list(staff, 'team', id, { limit: 1 }),
    store.list(teams, 'parent', id, { limit: 1 }),
  ]);
  if (people.items.length || parts.items.length) {
    throw new ApiError('conflict', 'team.in-use', 'there are people or teams in it yet');
  }
  return store.commit([remove(teams, team), emit(teamRemoved, { about: id, data: told(team) })], new Reply(200, team));
};
