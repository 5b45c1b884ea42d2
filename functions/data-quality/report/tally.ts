import { confidenceOf, isStale } from '../../customers/attributes/confidence.ts';
import { originOf } from '../../customers/attributes/origins.ts';
import { attributesOf, type Facts } from '../starts/facts.ts';
import { type Letter, letterNames, type Starts, startsOf } from '../starts/starts.ts';

type AttributeTally = { has: number; confidence: number; stale: number; contested: number; unverified: number };

/** what a report is made of, summed up over the customers measured so far */
export type Tally = {
  customers: number;
  total: number;
  letters: Record<Letter, number>;
  /** records by tens of their total */
  tens: number[];
  complete: { of: number; sum: number };
  /** records that fail, by check */
  problems: Record<string, number>;
  attributes: Record<string, AttributeTally>;
};

/** names of attributes that are counted: undeclared ones may be any number */
const mostAttributes = 200;

export const emptyTally = (): Tally => ({
  customers: 0,
  total: 0,
  letters: Object.fromEntries(letterNames.map(name => [name, 0])) as Tally['letters'],
  tens: Array.from({ length: 10 }, () => 0),
  complete: { of: 0, sum: 0 },
  problems: {},
  attributes: {},
});

const countProblems = (tally: Tally, { letters }: Starts) => {
  for (const name of letterNames) {
    for (const { check, score } of letters[name].reasons) {
      const problem = `${name}.${check}`;
      if (score < 1) tally.problems[problem] = (tally.problems[problem] ?? 0) + 1;
    }
  }
};

const countAttributes = (tally: Tally, facts: Facts) => {
  const { customer, settings, now } = facts;
  const contested = new Set((customer.provenance?.kept ?? []).map(({ attribute }) => attribute));
  for (const attribute of attributesOf(facts)) {
    const known = tally.attributes[attribute];
    if (!known && Object.keys(tally.attributes).length >= mostAttributes) continue;
    const one = known ?? { has: 0, confidence: 0, stale: 0, contested: 0, unverified: 0 };
    const origin = originOf(customer, attribute);
    tally.attributes[attribute] = {
      has: one.has + 1,
      confidence: one.confidence + confidenceOf(attribute, origin, settings, now),
      stale: one.stale + Number(isStale(attribute, origin, settings, now)),
      contested: one.contested + Number(contested.has(attribute)),
      unverified: one.unverified + Number(origin.verified === undefined),
    };
  }
};

export const addRecord = (tally: Tally, facts: Facts) => {
  const starts = startsOf(facts);
  tally.customers++;
  tally.total += starts.total;
  for (const name of letterNames) tally.letters[name] += starts.letters[name].score;
  const ten = Math.min(9, Math.floor(starts.total / 10));
  tally.tens[ten] = (tally.tens[ten] ?? 0) + 1;
  if (starts.completeness) {
    tally.complete.of++;
    tally.complete.sum += starts.completeness.score;
  }
  countProblems(tally, starts);
  countAttributes(tally, facts);
};
