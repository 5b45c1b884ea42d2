import * as z from 'zod';
import { Instant } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { type Letter, letterNames } from '../starts/starts.ts';
import type { Tally } from './tally.ts';

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
