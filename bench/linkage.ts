import type { StoredCustomer } from '../functions/customers/customer.ts';
import { candidateIds } from '../functions/customers/matching/candidates.ts';
import { score } from '../functions/customers/matching/score.ts';
import { subjectOf } from '../functions/customers/matching/subject.ts';
import { sortedLookups } from './sorted-lookups.ts';

export const pairKey = (a: string, b: string) => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** every pair of ids whose people are the same */
export const truePairs = (people: Map<string, string>) => {
  const ids = new Map<string, string[]>();
  for (const [id, person] of people) ids.set(person, [...(ids.get(person) ?? []), id]);
  return new Set(
    [...ids.values()].flatMap(same => same.flatMap((a, nth) => same.slice(nth + 1).map(b => pairKey(a, b)))),
  );
};

/** precision, recall and F1 of the pairs found */
export const qualityOf = (found: Set<string>, truth: Set<string>) => {
  const right = [...found].filter(pair => truth.has(pair)).length;
  const [precision, recall] = [found.size ? right / found.size : 1, right / truth.size];
  return { right, wrong: found.size - right, precision, recall, f1: (2 * precision * recall) / (precision + recall) };
};

/** Every customer looked up and compared as the product does it; probabilities by pair. */
export const link = async (all: StoredCustomer[]) => {
  const lookups = sortedLookups(all);
  const subjects = new Map(all.map(customer => [customer.id as string, subjectOf(customer)]));
  const probabilities = new Map<string, number>();
  let candidates = 0;
  for (const customer of all) {
    const ids = await candidateIds(customer, lookups);
    candidates += ids.length;
    for (const id of ids) {
      const [a, b] = [subjects.get(customer.id), subjects.get(id)];
      if (a && b) probabilities.set(pairKey(a.id, b.id), score(a, b).probability);
    }
  }
  return { probabilities, candidates: candidates / all.length, queries: lookups.asked() / all.length };
};
