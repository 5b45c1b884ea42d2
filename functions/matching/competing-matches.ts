import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { subjectOf } from '../customers/lookups/subject.ts';
import type { Pair } from '../merging/decide-duplicate.ts';
import { duplicateId, duplicates } from '../merging/duplicate.ts';
import type { Store } from '../shared/store/store.ts';
import { openDuplicates } from './find-duplicates.ts';
import { notAutomatic } from './judge-pairs.ts';
import { contradictions, score } from './score.ts';
import type { MatchingRules } from './settings.ts';

const othersOf = async (store: Store, pair: Pair, { autoMerge }: MatchingRules): Promise<StoredCustomer[]> => {
  const open = (await Promise.all(pair.map(({ id }) => openDuplicates(store, id)))).flat();
  const certain = open.filter(({ probability }) => autoMerge !== null && probability >= autoMerge);
  const own = new Set<string>(pair.map(({ id }) => id));
  const ids = [...new Set(certain.flatMap(one => one.customers))].filter(id => !own.has(id));
  const others = await store.getByIds(customers, ids);
  return others.filter(isActive);
};

const pairsOf = (all: StoredCustomer[]) => all.flatMap((a, nth) => all.slice(nth + 1).map((b): Pair => [a, b]));

/** Records that one is almost certainly the same as must be the same among themselves: returns those that are not, in words. */
export const competingMatches = async (store: Store, pair: Pair, rules: MatchingRules): Promise<string[]> => {
  const others = await othersOf(store, pair, rules);
  if (!others.length) return [];
  const pairs = pairsOf([...pair, ...others]);
  const keys = pairs.map(([a, b]) => duplicateId(a.id, b.id));
  const found = await store.getByIds(duplicates, keys);
  const rejected = new Set(found.flatMap(({ id, state }) => (state === 'rejected' ? [id] : [])));
  const distinct = pairs.filter(([a, b]) => {
    const [one, other] = [subjectOf(a), subjectOf(b)];
    const scored = score(one, other);
    const isProbable = scored.probability >= rules.review && !contradictions(one, other, scored).length;
    return !isProbable || rejected.has(duplicateId(a.id, b.id));
  });
  return distinct.map(([a, b]) => notAutomatic(`it may be ${a.id} or ${b.id}, and these are not one customer`));
};
