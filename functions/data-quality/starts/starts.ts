import * as z from 'zod';
import { accurate, timely } from './accurate-timely.ts';
import { type Check, completenessOf, type Facts } from './facts.ts';
import { relevant, secured } from './relevant-secured.ts';
import { shareable, transportable } from './shareable-transportable.ts';

/** the six letters: what each is measured by, and its weight in the total */
export const letters = {
  shareable: { weight: 15, checks: shareable },
  transportable: { weight: 15, checks: transportable },
  accurate: { weight: 25, checks: accurate },
  relevant: { weight: 15, checks: relevant },
  timely: { weight: 15, checks: timely },
  secured: { weight: 15, checks: secured },
} as const satisfies Record<string, { weight: number; checks: Check[] }>;

export type Letter = keyof typeof letters;

export const letterNames = Object.keys(letters) as Letter[];

const formula =
  'letter = 100 × Σ(weight × score) / Σ(weight) over its checks that apply; total = Σ(weight × letter) / Σ(weight) over the letters';

const Score = z.number().min(0).max(100);

const LetterScore = z.object({
  score: Score,
  weight: z.number(),
  reasons: z.array(
    z.object({ check: z.string(), score: z.number().min(0).max(1), weight: z.number(), detail: z.string() }),
  ),
});

/** How good a record is, letter by letter. */
export const Starts = z.object({
  total: Score,
  letters: z.object(
    Object.fromEntries(letterNames.map(name => [name, LetterScore])) as Record<Letter, typeof LetterScore>,
  ),
  completeness: z
    .object({ score: Score, missing: z.array(z.string()) })
    .nullable()
    .describe('of the required attributes; null where none are required'),
  formula: z.string(),
});
export type Starts = z.output<typeof Starts>;

const rounded = (score: number, by = 10) => Math.round(score * by) / by;

const letterScore = (checks: Check[], weight: number, facts: Facts): z.output<typeof LetterScore> => {
  const reasons = checks.flatMap(check => {
    const found = check.of(facts);
    return found ? [{ check: check.id, weight: check.weight, ...found, score: rounded(found.score, 1000) }] : [];
  });
  const all = reasons.reduce((sum, one) => sum + one.weight, 0);
  const got = reasons.reduce((sum, one) => sum + one.weight * one.score, 0);
  return { score: all ? rounded((100 * got) / all) : 100, weight, reasons };
};

const completeness = (facts: Facts): Starts['completeness'] => {
  const found = completenessOf(facts);
  if (!found) return null;
  const { required, missing } = found;
  return { score: rounded(100 * (1 - missing.length / required.length)), missing };
};

/** Shareable, Transportable, Accurate, Relevant, Timely, Secured: how far a record is each, from 0 to 100, and why. Pure. */
export const startsOf = (facts: Facts): Starts => {
  const all = letterNames.map(name => [name, letterScore(letters[name].checks, letters[name].weight, facts)] as const);
  const weights = all.reduce((sum, [, { weight }]) => sum + weight, 0);
  const got = all.reduce((sum, [, { weight, score }]) => sum + weight * score, 0);
  return {
    total: rounded(got / weights),
    letters: Object.fromEntries(all) as Starts['letters'],
    completeness: completeness(facts),
    formula,
  };
};
