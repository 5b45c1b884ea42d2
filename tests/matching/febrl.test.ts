import { expect, test } from 'vitest';
import { dirty } from '../../bench/dirt.ts';
import { link, pairKey, qualityOf, search, truePairs } from '../../bench/linkage.ts';
import { customerOf, febrl, type Line, missingDatasets, personOf } from '../../bench/people.ts';
import { jaroWinkler } from '../../functions/shared/similarity/edits.ts';

const missing = missingDatasets();
if (missing) console.log(`skipped: ${missing}`);
const withDatasets = test.skipIf(missing);

const equal = (a: string, b: string) => a !== '' && a === b;

const levenshtein = (a: string, b: string) => {
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [row, letter] of Array.from(a).entries()) {
    const now = [row + 1];
    for (let at = 1; at <= b.length; at++)
      now.push(Math.min(last[at - 1]! + (letter === b[at - 1] ? 0 : 1), last[at]! + 1, now[at - 1]! + 1));
    last = now;
  }
  return last[b.length]!;
};

const levenshteinSimilarity = (a: string, b: string) => 1 - levenshtein(a, b) / Math.max(a.length, b.length, 1);

/** the pipeline of recordlinkage's guide: six points to be had */
const points = (a: Line, b: Line) =>
  [
    equal(a.given_name, b.given_name),
    Boolean(a.surname && b.surname) && jaroWinkler(a.surname, b.surname) >= 0.85,
    equal(a.date_of_birth, b.date_of_birth),
    equal(a.suburb, b.suburb),
    equal(a.state, b.state),
    Boolean(a.address_1 && b.address_1) && levenshteinSimilarity(a.address_1, b.address_1) >= 0.85,
  ].filter(Boolean).length;

withDatasets('the deterministic pipeline of the recordlinkage guide gives its numbers', () => {
  const lines = febrl(1);
  const pairs = lines.flatMap((a, nth) =>
    lines.slice(nth + 1).flatMap(b => (equal(a.given_name, b.given_name) ? [{ a, b, got: points(a, b) }] : [])),
  );
  expect((lines.length * (lines.length - 1)) / 2).toBe(499_500);
  expect(pairs.length).toBe(2082);
  expect([6, 5, 4, 3, 2, 1].map(score => pairs.filter(({ got }) => got === score).length)).toEqual([
    142, 145, 30, 9, 376, 1380,
  ]);
  const matches = pairs.filter(({ got }) => got > 3);
  const truth = truePairs(new Map(lines.map(line => [line.rec_id, personOf(line)])));
  expect(matches.length).toBe(317);
  const quality = qualityOf(new Set(matches.map(({ a, b }) => pairKey(a.rec_id, b.rec_id))), truth);
  expect(quality).toMatchObject({ right: 317, wrong: 0, precision: 1, recall: 0.634 });
  expect(quality.f1).toBeCloseTo(0.776, 3);
});

withDatasets.for([
  [1, 500],
  [2, 1934],
] as const)(
  'as the product finds them, one by one or all at once, the duplicates of FEBRL %d are found and nothing else',
  async ([nth, pairs]) => {
    const lines = febrl(nth);
    const all = lines.map(customerOf);
    const truth = truePairs(new Map(all.map(({ id }, at) => [id, personOf(lines[at]!)])));
    expect(truth.size).toBe(pairs);
    const { probabilities, candidates, queries } = await link(all);
    const found = [...probabilities].filter(([, probability]) => probability >= 0.5).map(([pair]) => pair);
    const { precision, f1 } = qualityOf(new Set(found), truth);
    expect(precision).toBeGreaterThan(0.999);
    expect(f1).toBeGreaterThan(0.995);
    expect([...truth].filter(pair => probabilities.has(pair)).length / truth.size).toBeGreaterThan(0.999);
    expect(candidates).toBeLessThan(3);
    expect(queries).toBeLessThan(8);
    const together = await search(all);
    expect([...together.probabilities.keys()].sort()).toEqual(found.sort());
    expect(together.requests).toBeLessThan(0.3);
  },
);

withDatasets('people of an unseen data set, several records each, with more errors, are found as well', async () => {
  const lines = dirty({ people: 600, further: 900, most: 5, faults: 6, seed: 11 });
  const all = lines.map(customerOf);
  const truth = truePairs(new Map(all.map(({ id }, at) => [id, personOf(lines[at]!)])));
  const { probabilities } = await search(all);
  const { precision, f1 } = qualityOf(new Set(probabilities.keys()), truth);
  expect(precision).toBeGreaterThan(0.999);
  expect(f1).toBeGreaterThan(0.985);
});
