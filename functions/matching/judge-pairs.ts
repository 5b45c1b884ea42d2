import type { Change } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { areKeptApart } from './apart.ts';
import { byId, type Compared } from './compare-pairs.ts';
import { duplicates, type StoredDuplicate } from './duplicate.ts';
import { type Alike, closePair, judgePair } from './judge-pair.ts';
import type { MatchingRules } from './settings.ts';

/** so many duplicates of one customer are kept, the likeliest: nobody judges more */
const mostKept = 15;

export type Judging = { now: string; store: Store; rules: MatchingRules };

const likeliest = (alike: Compared[]) => {
  const kept = new Map<string, number>();
  return [...alike]
    .sort((a, b) => b.scored.probability - a.scored.probability)
    .filter(({ pair: [{ id }] }) => {
      const nth = kept.get(id) ?? 0;
      kept.set(id, nth + 1);
      return nth < mostKept;
    });
};

/** what one of two stands for may have been kept apart from the other before it stood for it */
const isNewToOne = ({ pair, before }: Alike) =>
  before?.state !== 'open' && pair.some(({ mergedIdentifiers }) => mergedIdentifiers);

/**
 * What becomes of pairs that were compared, and of duplicates that waited to be judged and should be among them; each to be done
 * by itself.
 */
export const judgePairs = async (
  compared: Compared[],
  open: StoredDuplicate[],
  { now, store, rules }: Judging,
): Promise<Change[][]> => {
  const alike = compared.filter(({ scored }) => scored.probability >= rules.review);
  const likely = likeliest(alike);
  const there = await store.getAll(
    duplicates,
    likely.map(({ id }) => ({ id })),
  );
  const before = byId(there);
  const judged = likely.map(async one => {
    const found = { ...one, before: before.get(one.id) };
    const apart = isNewToOne(found) && (await areKeptApart(store, found.pair));
    return apart ? [] : judgePair(now, rules, found);
  });
  const ids = new Set<string>(alike.map(({ id }) => id));
  const over = open.filter(({ id }) => !ids.has(id)).map(one => closePair(now, one));
  return [...(await Promise.all(judged)), ...over].filter(changes => changes.length);
};
