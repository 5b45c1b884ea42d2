import type { Handler } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { teams } from './team.ts';

export const listTeams: Handler<typeof organisationRoutes.listTeams> = async ({ query }, { store }) => {
  const { items, nextCursor } = await store.range(['team', 'all'], { ...query, upwards: true });
  return { items: items.map(item => revive(teams, item)), nextCursor };
};
