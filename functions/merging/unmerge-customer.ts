import { subjectOf } from '../customers/lookups/subject.ts';
import { hiddenBy, redact } from '../customers/redact.ts';
import { settingsOf } from '../customers/settings.ts';
import { keepApart } from '../matching/decide-pair.ts';
import { duplicateId, duplicates } from '../matching/duplicate.ts';
import type { Pair } from '../matching/judge-pair.ts';
import { mayUnmerge } from '../matching/may-merge.ts';
import { score } from '../matching/score.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { mergeRoutes } from './merge-routes.ts';
import { moveNow } from './move.ts';
import { decideUnmerge } from './unmerge.ts';

/** whoever takes two records apart says that they are two: they are not proposed again */
const keptApart = async ({ now, actor, store }: Ctx, pair: Pair) => {
  const [a, b] = pair;
  const before = await store.get(duplicates, { id: duplicateId(a.id, b.id) });
  return keepApart(now, { pair, scored: score(subjectOf(a), subjectOf(b)), before, by: actor });
};

export const unmergeCustomer: Handler<typeof mergeRoutes.unmergeCustomer> = async (
  { params: { id = '' }, body: { from } },
  ctx,
) => {
  const [{ merger, ...pair }, settings] = await Promise.all([mayUnmerge(ctx, id, from), settingsOf(ctx.store)]);
  const { customer, restored, changes, merger: undone } = decideUnmerge(ctx, { ...pair, settings }, merger);
  const all = [...changes, ...(await keptApart(ctx, [customer, restored]))];
  const reply = await ctx.store.commit(all, redact(customer, hiddenBy(settings, ctx)));
  await moveNow('unmerge', undone, ctx);
  return reply;
};
