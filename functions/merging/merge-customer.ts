import { hiddenBy, isHidden, masked, redact } from '../customers/redact.ts';
import type { Handler } from '../shared/http/contract.ts';
import { carryOut, weighMerge } from './merge-now.ts';
import type { Conflict } from './merge-profiles.ts';
import type { mergeRoutes } from './merge-routes.ts';
import { preview } from './preview-merge.ts';

const veiledConflict = (conflict: Conflict): Conflict => ({ ...conflict, into: masked, from: masked });

export const mergeCustomer: Handler<typeof mergeRoutes.mergeCustomer> = async ({ params: { id = '' }, body }, ctx) => {
  const { from, choices, dryRun, why = [] } = body;
  const weighed = await weighMerge(ctx, { into: id, from, choices, why });
  const { customer: whole, merger, into, filled, settings } = weighed;
  const hidden = hiddenBy(settings, ctx);
  const customer = redact(whole, hidden);
  const conflicts = weighed.conflicts.map(one => (isHidden(hidden, one.attribute) ? veiledConflict(one) : one));
  const brings = await preview(weighed, ctx);
  const reached = ['email', 'phone'].some(one => isHidden(hidden, one));
  const dropped = reached ? brings.dropped.map(() => masked) : brings.dropped;
  const merge = { id: dryRun ? null : merger.id, from, conflicts, filled, ...brings, dropped };
  if (dryRun) return { ...customer, version: into.version, updatedAt: into.updatedAt, merge };
  return carryOut(ctx, weighed, { ...customer, merge });
};
