import { carryOut, weighMerge } from '../merging/merge-now.ts';
import { staying } from '../merging/staying.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';
import { openDuplicate } from './open-duplicate.ts';

export const acceptDuplicate: Handler<typeof duplicateRoutes.acceptDuplicate> = async (
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
