import type { UseCase } from '../../shared/contract.ts';
import { settingsOf } from '../settings.ts';
import { hiddenBy, shown } from '../shown.ts';
import { mayUnmerge } from './may-merge.ts';
import type { mergeRoutes } from './merge-routes.ts';
import { moveNow } from './move.ts';
import { decideUnmerge } from './unmerge.ts';

export const unmergeCustomer: UseCase<typeof mergeRoutes.unmergeCustomer> = async (
  { params: { id = '' }, body: { from } },
  ctx,
) => {
  const [{ merger, ...pair }, settings] = await Promise.all([mayUnmerge(ctx, id, from), settingsOf(ctx.store)]);
  const { customer, changes, merger: undone } = decideUnmerge(ctx, { ...pair, settings }, merger);
  const reply = await ctx.store.commit(changes, shown(customer, hiddenBy(settings, ctx)));
  await moveNow('unmerge', undone, ctx);
  return reply;
};
