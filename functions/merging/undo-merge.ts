import { consentParts, consents } from '../consent/consent.ts';
import { isSameTopic } from '../consent/current-consents.ts';
import { recordConsent } from '../consent/record-consent.ts';
import type { Ctx } from '../shared/http/context.ts';
import { chunksOf } from '../shared/map-concurrent.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { type Merge, type MergeStep, mergeLog } from './merge.ts';
import { parts } from './merge-rules.ts';
import { type At, type Moved, moveAll, moveItems } from './move-records.ts';

const together = 20;

const consentsOf = async (id: string, { store }: Ctx) =>
  (await recordPage(store, consents, ['customer', id], { limit: 200, within: consentParts })).items;

/** what the merged customer withdrew since the merge is withdrawn by both */
const repeatWithdrawals = async ({ into, from, at: since }: Merge, ctx: Ctx) => {
  const [mine, others] = await Promise.all([consentsOf(into, ctx), consentsOf(from, ctx)]);
  const changes = others.flatMap(was => {
    const is = mine.find(one => isSameTopic(one, was));
    if (!['granted', 'pending'].includes(was.status) || is?.status !== 'withdrawn' || is.at <= since) return [];
    const { at, by, version: _, ...consent } = is;
    return [recordConsent(ctx, was, { ...consent, customerId: was.customerId }, { at, by }).changes];
  });
  for (const some of chunksOf(changes, together)) await ctx.store.commit(some.flat());
};

type MergedParts = Extract<MergeStep['step'], { what: 'parts' }>;

const undoParts = async (merged: MergedParts, merge: Merge, ctx: Ctx) => {
  const changes = merged.parts.map(({ kind, undo }) => parts.get(kind)?.rule.undo?.(undo, merge, ctx) ?? []);
  await ctx.store.commit((await Promise.all(changes)).flat());
};

const undoStep = async (step: MergeStep['step'], merge: Merge, ctx: Ctx): Promise<Moved['counts']> => {
  const { into, from } = merge;
  const back = { from: into, to: from };
  if (step.what === 'items') {
    const items = await ctx.store.parts([step.of, into], step.sks);
    await moveItems(step.of, items, from, ctx);
    return { [step.of]: items.length };
  }
  if (step.what === 'records') return { records: await ctx.store.refile(step.records, back) };
  if (step.what === 'moved') return { [`${step.kind}s`]: await moveAll(step.kind, step.keys, back, ctx) };
  await retryOnConflict(() => undoParts(step, merge, ctx));
  return {};
};

/** Undoes a step of moving, the latest first: what is still where it was moved to goes back to where it was. */
export const undoMove = async (merge: Merge, at: At | null, ctx: Ctx): Promise<Moved> => {
  if (!at) {
    await retryOnConflict(() => repeatWithdrawals(merge, ctx));
    return { next: { area: 0, after: null }, counts: {} };
  }
  const paging = { limit: 1, cursor: at.after ?? undefined };
  const { items, nextCursor } = await recordPage(ctx.store, mergeLog, ['merge-log', merge.id], paging);
  const counts = items[0] ? await undoStep(items[0].step, merge, ctx) : {};
  return { next: nextCursor ? { area: 0, after: nextCursor } : null, counts };
};
