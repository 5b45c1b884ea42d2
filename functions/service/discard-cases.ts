import { caseDiscarded } from '../../events/case.ts';
import { retentionRun } from '../customers/retention-settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { add, emit, remove } from '../shared/store/changes.ts';
import { main } from '../shared/store/entity.ts';
import { allPages } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { type Case, cases } from './cases/case.ts';
import { subscriptions } from './contract.ts';

const limit = 100;

/** the messages of a case, and all else in its partition */
const discardParts = async (id: string, store: Store) => {
  let after: string | undefined;
  do {
    const { items, last } = await store.partition(['case', id], { limit, after });
    await store.discard(items.filter(({ sk }) => sk !== main).map(({ sk }) => ({ of: ['case', id], part: sk })));
    after = last;
  } while (after);
};

const closedOf = (customerId: string, before: string, store: Store) => {
  const keep = ({ status, closedAt }: Case) => status === 'closed' && closedAt !== null && closedAt < before;
  return allPages(cursor => store.belonging(cases, customerId, { limit, keep, cursor }));
};

/** the record goes last, with its count: an interrupted deletion is found again */
const discard = async (one: Case, run: string, { now, store }: Ctx) => {
  await discardParts(one.id, store);
  const discarded = emit(caseDiscarded, { about: one.id, data: { number: one.number }, until: plus(now, 'P30D') });
  await store.commit([remove(cases, one), discarded, add(retentionRun(run), { cases: 1 })]);
};

const discardCases: Reaction<typeof subscriptions.discardCases> = async ({ about, data }, ctx) => {
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

export const reaction = consume('discardCases', subscriptions.discardCases, discardCases);
