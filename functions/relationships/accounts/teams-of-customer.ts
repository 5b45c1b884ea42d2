import { filterByCondition } from '../../customer-facts/reads.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { type Team, teams } from '../../organisation/team.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { revive } from '../../shared/store/entity.ts';
import type { accountRoutes } from './account-routes.ts';

/** a page of teams, of which those are shown in whose territory the customer is */
export const teamsOfCustomer: Handler<typeof accountRoutes.teamsOfCustomer> = async (
  { params: { id = '' }, query },
  ctx,
) => {
  const customer = await activeCustomer(ctx.store, id);
  const { items, nextCursor } = await ctx.store.range(['team', 'all'], { ...query, upwards: true });
  const judged = await Promise.all(
    items.map(async (item): Promise<Team[]> => {
      const team = revive(teams, item);
      const { territories } = team;
      return territories && (await filterByCondition([customer], territories, ctx)).length ? [team] : [];
    }),
  );
  return { items: judged.flat(), nextCursor };
};
