import { duplicateClosed, duplicateConfirmed, duplicateFound } from '../../events/duplicate.ts';
import { customers, isActive } from '../customers/customer.ts';
import {
  duplicateId,
  duplicates,
  identityDigest,
  inOrder,
  type Pair,
  type StoredDuplicate,
} from '../merging/duplicate.ts';
import { type Change, created, eventOf, ifSubscribed, save, update, updated } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { byId, type Compared } from './compare-pairs.ts';
import { areKnownDistinct } from './known-distinct.ts';
import { reasonsOf, type Scored } from './score.ts';
import type { MatchingRules } from './settings.ts';

type Alike = { pair: Pair; scored: Scored; against: string[]; before: StoredDuplicate | undefined };

const leastDifference = 0.01;

/** why two records are not merged automatically; undefined: they are not probable enough for the question */
const against = ({ autoMerge }: MatchingRules, { scored, against: all }: Pick<Alike, 'scored' | 'against'>) =>
  autoMerge !== null && scored.probability >= autoMerge ? all : undefined;

export const isCertain = (rules: MatchingRules, alike: Pick<Alike, 'scored' | 'against'>) =>
  against(rules, alike)?.length === 0;

/** a reason why a person has to decide what would be merged automatically otherwise */
export const notAutomatic = (why: string) => `not automatic: ${why}`;

export const proposed = (now: string, { id, customers }: StoredDuplicate, reasons: string[]): Change[] =>
  customers.map(customerId => decided(now, { customerId, kind: 'duplicate', outcome: 'proposed', reasons, cause: id }));

const opened = (now: string, { pair, scored, before }: Alike): StoredDuplicate => {
  const probability = Math.round(scored.probability * 1e6) / 1e6;
  const finding = { probability, reasons: reasonsOf(scored.evidence), state: 'open' as const };
  if (!before) {
    const customers = inOrder(pair[0].id, pair[1].id);
    return created(now, { id: duplicateId(...customers), customers, ...finding });
  }
  const { rejectedAs: _, decidedBy: __, ...rest } = before;
  return updated(now, rest as StoredDuplicate, finding);
};

/** The changes for two records that look alike. A rejected pair stays so until the identity of one changes. */
const judgePair = (now: string, rules: MatchingRules, alike: Alike): Change[] => {
  const { pair, scored, before } = alike;
  if (before?.state === 'rejected' && before.rejectedAs === identityDigest(...pair)) return [];
  const isSure = isCertain(rules, alike);
  if (before?.state === 'open' && Math.abs(before.probability - scored.probability) < leastDifference) {
    return isSure ? [eventOf(duplicateConfirmed, before)] : [];
  }
  const duplicate = opened(now, alike);
  const why = [...(against(rules, alike) ?? []).map(notAutomatic), ...duplicate.reasons];
  return [
    save(duplicates, before, duplicate),
    eventOf(duplicateFound, { ...duplicate, customerId: pair[0].id }),
    ...(isSure ? [eventOf(duplicateConfirmed, duplicate)] : proposed(now, duplicate, why)),
  ];
};

/** Closes an open duplicate when its records no longer look alike, or one of them was merged or erased. */
export const closePair = (now: string, before: StoredDuplicate): Change[] => {
  const { rejectedAs: _, ...rest } = before;
  const closed: StoredDuplicate = updated(now, rest as StoredDuplicate, { state: 'closed' });
  return [update(duplicates, before, closed), eventOf(duplicateClosed, { ...closed, customerId: closed.customers[0] })];
};

const mostOfOne = 15;

export type Judging = { now: string; store: Store; rules: MatchingRules };

const mostProbable = (alike: Compared[]) => {
  const counts = new Map<string, number>();
  return [...alike]
    .sort((a, b) => b.scored.probability - a.scored.probability)
    .filter(({ pair: [{ id }] }) => {
      const nth = counts.get(id) ?? 0;
      counts.set(id, nth + 1);
      return nth < mostOfOne;
    });
};

/** the pair of a merged record may have been rejected before that merge */
const mayBeKnown = ({ pair, before }: Alike) =>
  before?.state !== 'open' && pair.some(({ mergedIdentifiers }) => mergedIdentifiers);

/** The changes for compared pairs, and for open duplicates that are no longer among those that look alike, a unit each. */
export const judgePairs = async (
  compared: Compared[],
  open: StoredDuplicate[],
  { now, store, rules }: Judging,
): Promise<Change[][]> => {
  const alike = compared.filter(({ scored }) => scored.probability >= rules.review);
  const probable = mostProbable(alike);
  const ids = probable.map(({ id }) => id);
  const before = byId(await store.getByIds(duplicates, ids));
  const judged = probable.map(async one => {
    const found = { ...one, before: before.get(one.id) };
    const isKnown = mayBeKnown(found) && (await areKnownDistinct(store, found.pair));
    return isKnown ? [] : judgePair(now, rules, found);
  });
  const stillAlike = new Set<string>(alike.map(({ id }) => id));
  const closed = open.filter(({ id }) => !stillAlike.has(id)).map(one => closePair(now, one));
  return [...(await Promise.all(judged)), ...closed].filter(changes => changes.length);
};

const openedBy = (units: Change[][]) =>
  units.flat().flatMap(change => {
    if ((change.do !== 'insert' && change.do !== 'update') || change.entity !== duplicates) return [];
    const duplicate = (change.do === 'insert' ? change.value : change.after) as StoredDuplicate;
    return duplicate.state === 'open' ? [duplicate] : [];
  });

/** events of a search are published only to subscribers, but for those that lead to automatic merges */
export const eventsIfSubscribed = (units: Change[][]): Change[][] =>
  units.map(changes =>
    changes.map(change =>
      change.do === 'emit' && change.event === duplicateConfirmed ? change : ifSubscribed(change),
    ),
  );

/** closes duplicates of records that were merged while they were compared: that merge could not close them yet */
const closeMerged = async (store: Store, opened: StoredDuplicate[]) => {
  const found = await store.getByIds(customers, [...new Set(opened.flatMap(one => one.customers))]);
  const active = new Set(found.filter(isActive).map(({ id }) => id));
  const merged = opened.filter(one => one.customers.some(id => !active.has(id))).map(({ id }) => id);
  const open = (await store.getByIds(duplicates, merged)).filter(({ state }) => state === 'open');
  await store.commitAll(open.map(one => closePair(store.now, one)));
};

/** Commits pairs, each by itself; returns how many it changed. After a `VersionConflict` they have to be judged again. */
export const commitJudged = async (store: Store, units: Change[][]) => {
  const failures = (await store.commitAll(units)).filter(failure => failure !== undefined);
  const worst = failures.find(failure => !(failure instanceof VersionConflict)) ?? failures[0];
  if (worst) throw worst;
  const opened = openedBy(units);
  if (opened.length) await closeMerged(store, opened);
  return units.filter(changes => changes.some(change => change.do !== 'emit')).length;
};
