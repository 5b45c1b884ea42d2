import * as z from 'zod';
import { confidenceOf, isStale } from '../../customers/attributes/confidence.ts';
import { originOf } from '../../customers/attributes/origins.ts';
import { attributesOf } from '../../customers/attributes/value-facts.ts';
import { Instant } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import type { Facts } from '../starts/facts.ts';
import { type Letter, letterNames, type Starts, startsOf } from '../starts/starts.ts';

const score = z.number().min(0).max(100);
const share = z.number().min(0).max(1);

export const Report = z.object({
  /** id of the job that made it */
  id: z.string(),
  at: Instant,
  by: z.string(),
  customers: z.int(),
  total: score.describe('the mean over all records'),
  letters: z.object(Object.fromEntries(letterNames.map(name => [name, score])) as Record<Letter, typeof score>),
  completeness: score.nullable().describe('of the required attributes; null where none are required'),
  distribution: z.array(z.object({ from: z.int(), to: z.int(), customers: z.int() })).describe('by their totals'),
  problems: z
    .array(z.object({ letter: z.string(), check: z.string(), customers: z.int(), share }))
    .describe('checks that fail, the most frequent first'),
  worst: z
    .array(
      z.object({
        attribute: z.string(),
        customers: z.int().describe('with a value of it'),
        confidence: share,
        stale: z.int(),
        contested: z.int(),
        unverified: z.int(),
      }),
    )
    .describe('the attributes with the least confidence'),
});
export type Report = z.output<typeof Report>;

export const reportKind = 'quality-report';

export const reports = entity(reportKind, Report, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all', sort: ({ at }) => at } },
});

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
  const contested = new Set((customer.provenance?.conflicts ?? []).map(({ attribute }) => attribute));
  for (const attribute of attributesOf(facts.customer)) {
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

const mostWorst = 20;

const rounded = (value: number, by: number) => Math.round(value * by) / by;
const mean = (sum: number, of: number) => (of ? rounded(sum / of, 10) : 0);

const problemsOf = ({ problems, customers }: Tally): Report['problems'] =>
  Object.entries(problems)
    .map(([name, count]) => {
      const [letter = '', check = ''] = name.split('.');
      return { letter, check, customers: count, share: rounded(count / customers, 1000) };
    })
    .sort((a, b) => b.customers - a.customers || (a.check < b.check ? -1 : 1));

const worstOf = ({ attributes }: Tally): Report['worst'] =>
  Object.entries(attributes)
    .map(([attribute, { has, confidence, ...counts }]) => ({
      attribute,
      customers: has,
      confidence: rounded(confidence / has, 1000),
      ...counts,
    }))
    .sort((a, b) => a.confidence - b.confidence || b.customers - a.customers)
    .slice(0, mostWorst);

export const reportOf = (tally: Tally, made: Pick<Report, 'id' | 'at' | 'by'>): Report => {
  const { customers, total, letters, tens, complete } = tally;
  return {
    ...made,
    customers,
    total: mean(total, customers),
    letters: Object.fromEntries(letterNames.map(name => [name, mean(letters[name], customers)])) as Report['letters'],
    completeness: complete.of ? mean(complete.sum, complete.of) : null,
    distribution: tens.map((count, nth) => ({ from: nth * 10, to: nth * 10 + 10, customers: count })),
    problems: problemsOf(tally),
    worst: worstOf(tally),
  };
};
