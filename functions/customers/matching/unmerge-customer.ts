import type { UseCase } from '../../shared/contract.ts';
import { mayUnmerge } from './may-merge.ts';
import type { mergeRoutes } from './merge-routes.ts';
import { moveNow } from './move.ts';
import { decideUnmerge } from './unmerge.ts';

export const unmergeCustomer: UseCase<typeof mergeRoutes.unmergeCustomer> = async (
  { params: { id = '' }, body: { from } },
  ctx,
) => {
  const { merger, ...pair } = await mayUnmerge(ctx, id, from);
  const { customer, changes, merger: undone } = decideUnmerge(ctx, pair, merger);
  const reply = await ctx.store.commit(changes, customer);
  await moveNow('unmerge', undone, ctx);
  return reply;
};
