import { isDeepStrictEqual } from 'node:util';
import { accountChange } from '../billing/account.ts';
import { finances } from '../billing/finance.ts';
import { consentEvent, consents, effective } from '../consent/consent.ts';
import { recordConsent } from '../consent/record-consent.ts';
import { identities } from '../customers/identity.ts';
import { dataIssues } from '../data-quality/hygiene/data-issue.ts';
import { members } from '../lists/list.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, insert, remove, update } from '../shared/store/changes.ts';
import { revive } from '../shared/store/entity.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { carryAll, type Kind } from './carried.ts';
import type { Merger } from './merger.ts';
import { type At, giveItems, type Step } from './rehome.ts';
import { type Settled, trail } from './trail.ts';

type Consents = Settled['consents'][number];

/** A consent that nobody has changed since goes back to what it was; a later word stays. That it ran out is no word. */
const unsettle = async ({ before, after }: Consents, { store, now }: Ctx): Promise<Change[]> => {
  const is = await store.get(consents, after);
  if (is?.at !== after.at || (is.status !== after.status && is.status !== 'expired')) return [];
  if (!before) return [remove(consents, is)];
  const was = { ...effective(before, now), version: is.version + 1 };
  return [update(consents, is, was), ...(was.status === is.status ? [] : [consentEvent(was)])];
};

/** what was settled one by one, as it was: identities and memberships only where they still are what they were made */
const settledBack = async (
  { identities: known, members: joined, doubts: doubted = [], consents: said, limits = [] }: Settled,
  merger: Merger,
  ctx: Ctx,
) => {
  const { into } = merger;
  const { store } = ctx;
  const identity = async (was: Settled['identities'][number]): Promise<Change[]> => {
    const is = await store.get(identities, { ...was, id: into });
    return is ? [remove(identities, is), insert(identities, was)] : [];
  };
  const membership = async ({ member, had }: Settled['members'][number]): Promise<Change[]> => {
    const is = await store.get(members, { ...member, customerId: into });
    // taken off the list as one customer: off it as two
    if (!is) return [];
    return [...(had ? [] : [remove(members, is)]), insert(members, member)];
  };
  const account = async (limit: NonNullable<Settled['limits']>[number]): Promise<Change[]> => {
    const is = await store.get(finances, { customerId: into });
    if (!is || !isDeepStrictEqual(is.creditLimit, limit)) return [];
    const { creditLimit: _, ...without } = is;
    return [accountChange(is, without)];
  };
  // settled as one customer: settled of the one it was about
  const doubtOf = async ({ doubt, went }: (typeof doubted)[number]): Promise<Change[]> => {
    const is = went ? await store.get(dataIssues, { ...doubt, customerId: into }) : undefined;
    const back = is ? { ...is, customerId: doubt.customerId } : doubt;
    return [...(is ? [remove(dataIssues, is)] : []), insert(dataIssues, back)];
  };
  const changes = await Promise.all([
    ...doubted.map(doubtOf),
    ...known.map(identity),
    ...joined.map(membership),
    ...said.map(one => unsettle(one, ctx)),
    ...limits.map(account),
  ]);
  await store.commit(changes.flat());
};

/** consents changed in one transaction */
const together = 20;

/** Who withdrew as one customer meant it for both: what each had granted before is withdrawn too. */
const withdrawSince = async ({ into, from, at: since }: Merger, ctx: Ctx) => {
  const { store } = ctx;
  const of = async (id: string) => {
    const within = { from: 'consent#', to: 'consent$' };
    const { items } = await store.partition(['customer', id], { limit: 200, within });
    return items.map(item => revive(consents, item));
  };
  const [mine, other] = await Promise.all([of(into), of(from)]);
  const changes = other.flatMap(was => {
    const word = mine.find(({ channel, topic }) => channel === was.channel && topic === was.topic);
    if (!['granted', 'pending'].includes(was.status) || word?.status !== 'withdrawn' || word.at <= since) return [];
    const { at, by, version: _, ...said } = word;
    return [recordConsent(ctx, was, { ...said, customerId: was.customerId }, { at, by }).changes];
  });
  for (let at = 0; at < changes.length; at += together) await store.commit(changes.slice(at, at + together).flat());
};

/** Takes back a page of what was moved, the latest first: what is still where it was moved to goes where it came from. */
export const takeBack = async (merger: Merger, at: At | null, ctx: Ctx): Promise<Step> => {
  const { id, into, from } = merger;
  if (!at) {
    await retryOnConflict(() => withdrawSince(merger, ctx));
    return { next: { area: 0, after: null }, counts: {} };
  }
  const part = { limit: 1, ...(at.after ? { after: at.after } : {}) };
  const { items, last } = await ctx.store.partition(['trail', id], part);
  const next: At | null = last ? { area: 0, after: last } : null;
  const step = items[0] && revive(trail, items[0]).step;
  if (step?.what === 'items') {
    const there = await ctx.store.parts([step.of, into], step.sks);
    await giveItems(step.of, there, from, ctx);
    return { next, counts: { [step.of]: there.length } };
  }
  if (step?.what === 'records') {
    return { next, counts: { records: await ctx.store.refile(step.records, { from: into, to: from }) } };
  }
  if (step?.what === 'carried') {
    const carried = await carryAll(step.kind as Kind, step.keys, { from: into, to: from }, ctx);
    return { next, counts: { [`${step.kind}s`]: carried } };
  }
  if (step?.what === 'parts') await retryOnConflict(() => settledBack(step, merger, ctx));
  return { next, counts: {} };
};
