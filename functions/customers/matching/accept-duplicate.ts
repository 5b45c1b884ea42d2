import type { UseCase } from '../../shared/contract.ts';
import { invalid } from '../../shared/refusal.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';
import { carryOut, weighMerge } from './merge-now.ts';
import { openDuplicate } from './open-duplicate.ts';
import { staying } from './staying.ts';

export const acceptDuplicate: UseCase<typeof duplicateRoutes.acceptDuplicate> = async (
  { params: { id = '' }, body: { into: asked, choices } },
  ctx,
) => {
  const { duplicate, a, b } = await openDuplicate(ctx.store, id);
  if (asked && !duplicate.customers.includes(asked)) {
    throw invalid([{ path: 'into', message: `is neither ${a.id} nor ${b.id}` }]);
  }
  const into = asked ?? staying(a, b).id;
  const from = into === a.id ? b.id : a.id;
  const weighed = await weighMerge(ctx, { into, from, choices, why: duplicate.reasons });
  return carryOut(ctx, weighed, { ...weighed.duplicate!, into, mergeId: weighed.merger.id });
};
