import type { Change } from '../../shared/changes.ts';
import type { Store } from '../../shared/store.ts';
import { type StoredCustomer, stands } from '../customer.ts';
import { areKeptApart } from './apart.ts';
import { type Compared, compareWithCandidates } from './compare-with-candidates.ts';
import { duplicates, type StoredDuplicate } from './duplicate.ts';
import { type Alike, closePair, judgePair } from './judge-pair.ts';
import type { MatchingRules } from './settings.ts';

/** so many duplicates of one customer are kept, the likeliest: nobody judges more */
const mostKept = 15;

type Asked = { now: string; store: Store; rules: MatchingRules };

/** the pairs that look alike, of each customer the likeliest */
const likeliest = (pairs: Compared[], { review }: MatchingRules) => {
  const kept = new Map<string, number>();
  return pairs
    .filter(({ scored }) => scored.probability >= review)
    .sort((a, b) => b.scored.probability - a.scored.probability)
    .filter(({ pair: [{ id }] }) => {
      const nth = kept.get(id) ?? 0;
      kept.set(id, nth + 1);
      return nth < mostKept;
    });
};

/** what one of two stands for may have been kept apart from the other before it stood for it */
const isNewToOne = ({ pair, before }: Alike) => before?.state !== 'open' && pair.some(({ also }) => also);

/**
 * What becomes of the duplicates of customers that are stored: those that look alike now, and those that no longer do, each to
 * be done by itself (`store.commitAll`). Ask about a thousand at most at a time.
 */
export const findDuplicates = async (asked: StoredCustomer[], { now, store, rules }: Asked): Promise<Change[][]> => {
  const { pairs, open } = await compareWithCandidates(store, asked.filter(stands));
  const likely = likeliest(pairs, rules);
  const there = await store.getAll(
    duplicates,
    likely.map(({ id }) => ({ id })),
  );
  const before = new Map<string, StoredDuplicate>(there.map(one => [one.id, one]));
  const judged = likely.map(async compared => {
    const alike = { ...compared, before: before.get(compared.id) };
    const apart = isNewToOne(alike) && (await areKeptApart(store, alike.pair));
    return apart ? [] : judgePair(now, rules, alike);
  });
  const alike = new Set(pairs.flatMap(({ id, scored }) => (scored.probability >= rules.review ? [id] : [])));
  const over = open.filter(({ id }) => !alike.has(id)).map(one => closePair(now, one));
  return [...(await Promise.all(judged)), ...over].filter(changes => changes.length);
};
