import type { Ctx } from '../../shared/context.ts';
import type { UseCase } from '../../shared/contract.ts';
import { keepApart } from './decide-pair.ts';
import { duplicateId, duplicates } from './duplicate.ts';
import type { Pair } from './judge-pair.ts';
import { mayUnmerge } from './may-merge.ts';
import type { mergeRoutes } from './merge-routes.ts';
import { moveNow } from './move.ts';
import { score } from './score.ts';
import { subjectOf } from './subject.ts';
import { decideUnmerge } from './unmerge.ts';

/** whoever takes two records apart says that they are two: they are not proposed again */
const keptApart = async ({ now, actor, store }: Ctx, pair: Pair) => {
  const [a, b] = pair;
  const before = await store.get(duplicates, { id: duplicateId(a.id, b.id) });
  return keepApart(now, { pair, scored: score(subjectOf(a), subjectOf(b)), before, by: actor });
};

export const unmergeCustomer: UseCase<typeof mergeRoutes.unmergeCustomer> = async (
  { params: { id = '' }, body: { from } },
  ctx,
) => {
  const { merger, ...pair } = await mayUnmerge(ctx, id, from);
  const { customer, restored, changes, merger: undone } = decideUnmerge(ctx, pair, merger);
  const reply = await ctx.store.commit([...changes, ...(await keptApart(ctx, [customer, restored]))], customer);
  await moveNow('unmerge', undone, ctx);
  return reply;
};
