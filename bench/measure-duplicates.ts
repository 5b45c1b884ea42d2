import type { Budget } from './budget.ts';
import { type Dirt, dirty } from './dirt.ts';
import { link, qualityOf, search, truePairs } from './linkage.ts';
import { customerOf, febrl, type Line, personOf } from './people.ts';
import { round } from './statistics.ts';
import type { Table } from './table.ts';

/** the default of the product */
const review = 0.5;

const made: [name: string, dirt: Dirt][] = [
  [
    'made, up to 5 further records a person, 6 faults each',
    { people: 2000, further: 3000, most: 5, faults: 6, seed: 3 },
  ],
  ['made, 1 further record, 4 faults', { people: 5000, further: 5000, most: 1, faults: 4, seed: 4 }],
  ['made, up to 5 further, 10 faults', { people: 2000, further: 3000, most: 5, faults: 10, seed: 5 }],
];

const sets = (): [name: string, lines: Line[]][] => [
  ['FEBRL 1', febrl(1)],
  ['FEBRL 2', febrl(2)],
  ...made.map(([name, dirt]): [string, Line[]] => [name, dirty(dirt)]),
];

const measured = async (name: string, lines: Line[]) => {
  const all = lines.map(customerOf);
  const truth = truePairs(new Map(all.map(({ id }, at) => [id, personOf(lines[at]!)])));
  const one = await link(all);
  const found = new Set([...one.probabilities].filter(([, likely]) => likely >= review).map(([pair]) => pair));
  const together = await search(all);
  return {
    name,
    records: all.length,
    pairs: truth.size,
    quality: qualityOf(found, truth),
    reached: [...truth].filter(pair => one.probabilities.has(pair)).length / truth.size,
    one,
    together: { ...together, quality: qualityOf(new Set(together.probabilities.keys()), truth) },
  };
};

type Measured = Awaited<ReturnType<typeof measured>>;

const rowOf = ({ name, records, pairs, quality, reached, one, together }: Measured) => [
  name,
  records,
  pairs,
  round(reached, 4),
  round(quality.precision, 4),
  round(quality.recall, 4),
  round(quality.f1, 4),
  round(together.quality.f1, 4),
  round(one.candidates, 1),
  round(one.queries, 1),
  round(together.requests, 3),
];

const budgetsOf = ({ name, quality, together, one }: Measured): Budget[] => [
  { name: `error (1 - F1), ${name}`, limit: 0.005, found: round(1 - quality.f1, 4), unit: 'of 1' },
  { name: `error of a search, ${name}`, limit: 0.005, found: round(1 - together.quality.f1, 4), unit: 'of 1' },
  { name: `lookups of a customer, ${name}`, limit: 8, found: round(one.queries, 1), unit: 'requests' },
  { name: `a search, per customer, ${name}`, limit: 0.3, found: round(together.requests, 3), unit: 'requests' },
];

/** How well two records of one person are found with the default settings, and the requests to the store for it. */
export const measureDuplicates = async (_: string, say: (line: string) => void) => {
  const all: Measured[] = [];
  for (const [name, lines] of sets()) {
    say(`duplicates, ${name}`);
    all.push(await measured(name, lines));
  }
  const table: Table = {
    title: 'Duplicates',
    note: [
      'Pairs of records of one person, found with the settings as they come (`review` 0.5) in FEBRL’s data sets 1 and 2 and in people that',
      'nothing was tuned to (`bench/dirt.ts`). `reached` is the share of true pairs that are compared at all. Lookups and requests are exact:',
      'the requests to the store per customer when each is looked up by itself, as at every creation and change, and when all are looked',
      'through at once (`POST /v1/duplicates/search`).',
    ].join('\n'),
    head: [
      'records',
      'records in all',
      'true pairs',
      'reached',
      'precision',
      'recall',
      'F1',
      'F1 of a search',
      'candidates each',
      'lookups each',
      'requests each, all at once',
    ],
    rows: all.map(rowOf),
  };
  return { table, budgets: all.slice(0, 2).flatMap(budgetsOf) };
};
