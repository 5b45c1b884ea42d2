import { caseDiscarded } from '../../events/case.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { add, emit, remove } from '../shared/store/changes.ts';
import { main } from '../shared/store/entity.ts';
import { retentionRun } from '../shared/store/retention-run.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { type Case, cases } from './cases/case.ts';
import { subscriptions } from './contract.ts';

const page = 100;

/** the thread of a case, and whatever else lies with it */
const discardParts = async (id: string, store: Store) => {
  let after: string | undefined;
  do {
    const { items, last } = await store.partition(['case', id], { limit: page, ...(after ? { after } : {}) });
    await store.discard(items.filter(({ sk }) => sk !== main).map(({ sk }) => ({ of: ['case', id], part: sk })));
    after = last;
  } while (after);
};

const closedOf = async (customerId: string, before: string, store: Store) => {
  const found: Case[] = [];
  let cursor: string | null | undefined;
  do {
    const { items, nextCursor } = await store.belonging(cases, customerId, {
      limit: page,
      keep: ({ status, closedAt }) => status === 'closed' && closedAt !== null && closedAt < before,
      ...(cursor ? { cursor } : {}),
    });
    found.push(...items);
    cursor = nextCursor;
  } while (cursor);
  return found;
};

/** the record goes last, and with its count: what was begun is found again */
const discard = async (one: Case, run: string, { now, store }: Ctx) => {
  await discardParts(one.id, store);
  const said = emit(caseDiscarded, { about: one.id, data: { number: one.number }, until: plus(now, 'P30D') });
  await store.commit([remove(cases, one), said, add(retentionRun(run), { cases: 1 })]);
};

export const discardCases: Reaction<typeof subscriptions.discardCases> = async ({ about, data }, ctx) => {
  const { customerIds, casesClosedBefore, dryRun } = data;
  if (!casesClosedBefore) return;
  let count = 0;
  for (const id of customerIds) {
    const closed = await closedOf(id, casesClosedBefore, ctx.store);
    count += closed.length;
    if (!dryRun) for (const one of closed) await discard(one, about, ctx);
  }
  if (dryRun && count) await ctx.store.commit([add(retentionRun(about), { cases: count })]);
};

export const handler = consume('discardCases', subscriptions.discardCases, discardCases);
