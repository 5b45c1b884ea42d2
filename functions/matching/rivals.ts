import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { subjectOf } from '../customers/lookups/subject.ts';
import type { Store } from '../shared/store/store.ts';
import { contradictions } from './contradictions.ts';
import { duplicateId, duplicates } from './duplicate.ts';
import { notUnasked, type Pair } from './judge-pair.ts';
import { openDuplicates } from './open-duplicates.ts';
import { score } from './score.ts';
import type { MatchingRules } from './settings.ts';

/** the others that either of two is as good as certain to be one with */
const othersOf = async (store: Store, pair: Pair, { autoMerge }: MatchingRules): Promise<StoredCustomer[]> => {
  const open = (await Promise.all(pair.map(({ id }) => openDuplicates(store, id)))).flat();
  const likely = open.filter(({ probability }) => autoMerge !== null && probability >= autoMerge);
  const own = new Set<string>(pair.map(({ id }) => id));
  const ids = [...new Set(likely.flatMap(one => one.customers))].filter(id => !own.has(id));
  const others = await store.getAll(
    customers,
    ids.map(id => ({ id })),
  );
  return others.filter(isActive);
};

const pairsOf = (all: StoredCustomer[]) => all.flatMap((a, nth) => all.slice(nth + 1).map((b): Pair => [a, b]));

/**
 * Where a record is as good as certain to be one with several others, they must be one among themselves as well: else it is open
 * which of them it is. Gives what says that they are not, in words.
 */
export const disagreeing = async (store: Store, pair: Pair, rules: MatchingRules): Promise<string[]> => {
  const others = await othersOf(store, pair, rules);
  if (!others.length) return [];
  const pairs = pairsOf([...pair, ...others]);
  const judged = await store.getAll(
    duplicates,
    pairs.map(([a, b]) => ({ id: duplicateId(a.id, b.id) })),
  );
  const rejected = new Set(judged.flatMap(({ id, state }) => (state === 'rejected' ? [id] : [])));
  const apart = pairs.filter(([a, b]) => {
    const [one, other] = [subjectOf(a), subjectOf(b)];
    const scored = score(one, other);
    const against = contradictions(one, other, scored);
    return scored.probability < rules.review || against.length || rejected.has(duplicateId(a.id, b.id));
  });
  return apart.map(([a, b]) => notUnasked(`${a.id} and ${b.id} may each be it, and are not one`));
};
