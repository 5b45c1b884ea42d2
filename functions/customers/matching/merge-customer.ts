import type { UseCase } from '../../shared/contract.ts';
import { mayMerge } from './may-merge.ts';
import { decideMerge } from './merge.ts';
import type { mergeRoutes } from './merge-routes.ts';
import { moveNow } from './move.ts';
import { preview } from './preview-merge.ts';

export const mergeCustomer: UseCase<typeof mergeRoutes.mergeCustomer> = async ({ params: { id = '' }, body }, ctx) => {
  const { choices, dryRun, why = [] } = body;
  const pair = await mayMerge(ctx, id, body.from);
  const { customer, merger, changes, conflicts, filled } = decideMerge(ctx, { ...pair, choices, why });
  const coming = await preview({ ...pair, customer }, ctx);
  const merge = { id: dryRun ? null : merger.id, from: body.from, conflicts, filled, ...coming };
  if (dryRun) return { ...customer, version: pair.into.version, updatedAt: pair.into.updatedAt, merge };
  const reply = await ctx.store.commit(changes, { ...customer, merge });
  await moveNow('merge', merger, ctx);
  return reply;
};
