import type { UseCase } from '../../shared/contract.ts';
import { carryOut, weighMerge } from './merge-now.ts';
import type { mergeRoutes } from './merge-routes.ts';
import { preview } from './preview-merge.ts';

export const mergeCustomer: UseCase<typeof mergeRoutes.mergeCustomer> = async ({ params: { id = '' }, body }, ctx) => {
  const { from, choices, dryRun, why = [] } = body;
  const weighed = await weighMerge(ctx, { into: id, from, choices, why });
  const { customer, merger, conflicts, filled, into } = weighed;
  const merge = { id: dryRun ? null : merger.id, from, conflicts, filled, ...(await preview(weighed, ctx)) };
  if (dryRun) return { ...customer, version: into.version, updatedAt: into.updatedAt, merge };
  return carryOut(ctx, weighed, { ...customer, merge });
};
