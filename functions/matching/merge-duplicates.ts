import { duplicateConfirmed } from '../../events/duplicate.ts';
import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { duplicateId, duplicates, type Pair, type StoredDuplicate } from '../merging/duplicate.ts';
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
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { activePair, compare } from './compare-pairs.ts';
import { subscriptions } from './contract.ts';
import { openDuplicates } from './find-duplicates.ts';
import { isCertain, notAutomatic, proposed } from './judge-pairs.ts';
import { areKnownDistinct, rejectionsOf } from './known-distinct.ts';
import { type MatchingRules, matchingSettings } from './settings.ts';
import { readShares, type Shares } from './shares.ts';

type Judged = { rules: MatchingRules; shares: Shares };

/** most other merges have moved their records by then */
const retryAfter = 'PT1M';

/** other records that one of the pair is almost certainly the same as */
const othersOf = async (store: Store, pair: Pair, { autoMerge }: MatchingRules): Promise<StoredCustomer[]> => {
  const open = (await Promise.all(pair.map(({ id }) => openDuplicates(store, id)))).flat();
  const certain = open.filter(({ probability }) => autoMerge !== null && probability >= autoMerge);
  const own = new Set<string>(pair.map(({ id }) => id));
  const ids = [...new Set(certain.flatMap(one => one.customers))].filter(id => !own.has(id));
  return (await store.getByIds(customers, ids)).filter(isActive);
};

/** Records that one is almost certainly the same as must be the same among themselves: returns those that are not, in words. */
const competingMatches = async (store: Store, pair: Pair, { rules, shares }: Judged): Promise<string[]> => {
  const others = await othersOf(store, pair, rules);
  if (!others.length) return [];
  const all = [...pair, ...others];
  const pairs = all.flatMap((a, nth) => all.slice(nth + 1).map((b): Pair => [a, b]));
  const rejected = await rejectionsOf(store, pairs);
  const distinct = pairs.filter(one => {
    const { scored, against } = compare(one, shares);
    const isProbable = scored.probability >= rules.review && !against.length;
    return !isProbable || rejected.has(duplicateId(one[0].id, one[1].id));
  });
  return distinct.map(([a, b]) => notAutomatic(`it may be ${a.id} or ${b.id}, and these are not one customer`));
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
  const pair = await activePair(store, duplicate);
  if (!pair) return;
  const shares = await readShares(store);
  if (!isCertain(rules, compare(pair, shares)) || (await areKnownDistinct(store, pair))) return;
  const competing = await competingMatches(store, pair, { rules, shares });
  if (competing.length) {
    await store.commit(proposed(now, duplicate, competing));
    return;
  }
  await merge(duplicate, pair, ctx).catch(error => leave(duplicate, error, ctx));
};

export const reaction = consume('mergeDuplicates', subscriptions.mergeDuplicates, mergeDuplicates);
