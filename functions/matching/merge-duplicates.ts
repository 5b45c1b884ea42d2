import { duplicateConfirmed } from '../../events/duplicate.ts';
import { customers, isActive } from '../customers/customer.ts';
import { subjectOf } from '../customers/lookups/subject.ts';
import type { Pair } from '../merging/decide-duplicate.ts';
import { duplicates, type StoredDuplicate } from '../merging/duplicate.ts';
import { mergeUnderWay, tooManyIdentifiers } from '../merging/errors.ts';
import { pickSurvivor } from '../merging/merge.ts';
import { executeMerge, planMerge } from '../merging/plan-merge.ts';
import { consume } from '../shared/events/consume.ts';
import { isProblem } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { changeTooLarge } from '../shared/http/errors.ts';
import { schedule } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { plus } from '../shared/time/duration.ts';
import { competingMatches } from './competing-matches.ts';
import { subscriptions } from './contract.ts';
import { isCertain, notAutomatic, proposed } from './judge-pairs.ts';
import { areKnownDistinct } from './known-distinct.ts';
import { contradictions, score } from './score.ts';
import { matchingSettings } from './settings.ts';

/** most other merges have moved their records by then */
const retryAfter = 'PT1M';

const pairOf = async (store: Ctx['store'], { customers: ids }: StoredDuplicate): Promise<Pair | undefined> => {
  const [one, other] = await Promise.all(ids.map(id => store.get(customers, { id })));
  return one && other && isActive(one) && isActive(other) ? [one, other] : undefined;
};

const merge = async ({ id: cause, customers, reasons }: StoredDuplicate, pair: Pair, ctx: Ctx) => {
  const into = pickSurvivor(...pair).id;
  const from = customers.find(id => id !== into)!;
  const plan = await planMerge(ctx, { into, from, why: reasons });
  const decision = decided(ctx.now, { customerId: into, kind: 'duplicate', outcome: 'merged', reasons, cause });
  await executeMerge(ctx, { ...plan, changes: [...plan.changes, decision] });
};

/** A merge that is too large is left to a person; one that has to wait for another is tried again. */
const leave = async (duplicate: StoredDuplicate, error: unknown, { now, store }: Ctx) => {
  const { id, customers } = duplicate;
  if (isProblem(error, mergeUnderWay)) {
    await store.commit([schedule(plus(now, retryAfter), duplicateConfirmed, { about: id, data: { customers } })]);
    return;
  }
  const isTooLarge = isProblem(error, tooManyIdentifiers, changeTooLarge);
  if (!isTooLarge) throw error;
  await store.commit(proposed(now, duplicate, [notAutomatic(error.message)]));
};

export const mergeDuplicates: Reaction<typeof subscriptions.mergeDuplicates> = async ({ about }, ctx) => {
  const { now, store } = ctx;
  const [rules, duplicate] = await Promise.all([matchingSettings.of(store), store.get(duplicates, { id: about })]);
  if (duplicate?.state !== 'open') return;
  const pair = await pairOf(store, duplicate);
  if (!pair) return;
  const [a, b] = [subjectOf(pair[0]), subjectOf(pair[1])];
  const scored = score(a, b);
  if (!isCertain(rules, { scored, against: contradictions(a, b, scored) })) return;
  if (await areKnownDistinct(store, pair)) return;
  const competing = await competingMatches(store, pair, rules);
  if (competing.length) {
    await store.commit(proposed(now, duplicate, competing));
    return;
  }
  await merge(duplicate, pair, ctx).catch(error => leave(duplicate, error, ctx));
};

export const handler = consume('mergeDuplicates', subscriptions.mergeDuplicates, mergeDuplicates);
