import { activeCustomer } from '../customers/active-customer.ts';
import { hiddenBy, hiddenFrom, isHidden, masked, redact } from '../customers/redact.ts';
import { handlers } from '../shared/http/contract.ts';
import { routes } from './contract.ts';
import { type Merge, mergesInto } from './merge.ts';
import { moveNow } from './move-job.ts';
import { executeMerge, planMerge } from './plan-merge.ts';
import { planUnmerge } from './plan-unmerge.ts';
import { previewMerge } from './preview-merge.ts';

const notUndoable: Record<Merge['state'], string | null> = {
  moving: 'records of the other customer are still being moved',
  merged: null,
  unmerging: 'it is being undone',
  unmerged: 'it was undone',
};

export const mergeHandlers = handlers(routes, {
  mergeCustomer: async ({ params: { id = '' }, body: { from, choices, dryRun, why = [] } }, ctx) => {
    const plan = await planMerge(ctx, { into: id, from, choices, why });
    const hidden = hiddenBy(plan.settings, ctx);
    const customer = redact(plan.customer, hidden);
    const conflicts = plan.conflicts.map(conflict =>
      isHidden(hidden, conflict.attribute) ? { ...conflict, into: masked, from: masked } : conflict,
    );
    const { dropped, ...preview } = await previewMerge(plan, ctx);
    const isMasked = ['email', 'phone'].some(attribute => isHidden(hidden, attribute));
    const merge = {
      id: dryRun ? null : plan.merge.id,
      from,
      conflicts,
      filled: plan.filled,
      ...preview,
      dropped: isMasked ? dropped.map(() => masked) : dropped,
    };
    if (dryRun) return { ...customer, version: plan.into.version, updatedAt: plan.into.updatedAt, merge };
    return executeMerge(ctx, plan, { ...customer, merge });
  },

  unmergeCustomer: async ({ params: { id = '' }, body: { from } }, ctx) => {
    const { customer, settings, merge, changes } = await planUnmerge(ctx, { into: id, from });
    const reply = await ctx.store.commit(changes, redact(customer, hiddenBy(settings, ctx)));
    await moveNow('unmerge', merge, ctx);
    return reply;
  },

  listMerges: async ({ params: { id = '' }, query }, ctx) => {
    const [hidden] = await Promise.all([hiddenFrom(ctx), activeCustomer(ctx.store, id)]);
    const { items, nextCursor } = await mergesInto(ctx.store, id, query);
    const shown = items.map(({ before, ...merge }) => ({
      ...merge,
      was: redact(before.from, hidden),
      unmergeable: notUndoable[merge.state] === null,
      reason: notUndoable[merge.state],
    }));
    return { items: shown, nextCursor };
  },
});
