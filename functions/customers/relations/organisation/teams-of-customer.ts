import type { UseCase } from '../../../shared/contract.ts';
import { revive } from '../../../shared/entity.ts';
import { fitting } from '../../lists/facts.ts';
import { living } from '../../living.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { type Team, teams } from './team.ts';

/** a page of teams, of which those are shown in whose territory the customer is */
export const teamsOfCustomer: UseCase<typeof organisationRoutes.teamsOfCustomer> = async (
  { params: { id = '' }, query },
  ctx,
) => {
  const customer = await living(ctx.store, id);
  const { items, nextCursor } = await ctx.store.range(['team', 'all'], { ...query, upwards: true });
  const judged = await Promise.all(
    items.map(async (item): Promise<Team[]> => {
      const team = revive(teams, item);
      const { territories } = team;
      return territories && (await fitting([customer], territories, ctx)).length ? [team] : [];
    }),
  );
  return { items: judged.flat(), nextCursor };
};
