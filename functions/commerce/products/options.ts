import * as z from 'zod';
import { Currency } from '../../../events/money.ts';
import { Positive } from '../../shared/exact.ts';
import { line } from '../../shared/fields.ts';

/** the id of an option or of one of its values */
const Name = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,39}$/, 'is up to 40 letters, digits, dots and dashes')
  // a record has such names without being given them
  .refine(name => !(name in {}), 'is a name of JavaScript: choose another');

const Effect = z.strictObject({
  amounts: z.record(Currency, Positive).describe('by currency, of one unit').optional(),
  percent: Positive.describe('of the price without options').optional(),
});
export type Effect = z.output<typeof Effect>;

const Value = z.strictObject({
  id: Name,
  name: line(200).optional(),
  attributes: z.record(line(60), z.union([line(500), z.number(), z.boolean()])).optional(),
  price: Effect.describe('what it adds to the price').optional(),
});

export const Option = z.strictObject({
  id: Name,
  name: line(200).optional(),
  required: z.boolean().default(true),
  values: z.array(Value).min(1).max(60),
});
export type Option = z.output<typeof Option>;

/** values that were chosen, by option */
export const Choices = z.record(Name, Name).meta({ examples: [{ colour: 'red', engine: 'long-range' }] });
export type Choices = z.output<typeof Choices>;

/** by option, the value or one of the values */
const Match = z
  .record(Name, z.union([Name, z.array(Name).min(1).max(60)]))
  .refine(match => Object.keys(match).length > 0, 'names no option');
export type Match = z.output<typeof Match>;

/** exactly one of: `requires` or `excludes`, where all of `if` is chosen, or `atMost` so many of the options `of` a value */
export const Constraint = z
  .strictObject({
    if: Match.optional(),
    requires: Match.optional(),
    excludes: Match.optional(),
    atMost: z.int().min(0).max(40).optional(),
    of: Match.optional(),
    message: line(500).describe('what is said where it is broken').optional(),
  })
  .superRefine((constraint, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const kinds = (['requires', 'excludes', 'atMost'] as const).filter(kind => constraint[kind] !== undefined);
    if (kinds.length !== 1) return issue([], 'must have exactly one of requires, excludes, atMost');
    const [needed, stray] = kinds[0] === 'atMost' ? (['of', 'if'] as const) : (['if', 'of'] as const);
    if (!constraint[needed]) issue([needed], `is needed with ${kinds[0]}`);
    if (constraint[stray]) issue([stray], `does not belong with ${kinds[0]}`);
  });
export type Constraint = z.output<typeof Constraint>;

export const Image = z.strictObject({
  key: line(500).describe('the key or address of the image'),
  when: Match.describe('the most specific image that matches what is chosen is shown; without: always').optional(),
});

export const valuesOf = (match: Match[string]) => [match].flat();

/** whether what is chosen has all of these values */
export const isChosen = (match: Match, choices: Choices) =>
  Object.entries(match).every(([option, values]) => valuesOf(values).includes(choices[option] ?? ''));

/** the image of what is chosen: of those that match the one that names most options, of equal ones the first */
export const imageOf = (images: z.output<typeof Image>[], choices: Choices): string | null => {
  const shown = images.filter(({ when = {} }) => isChosen(when, choices));
  const weight = ({ when = {} }: (typeof images)[number]) => Object.keys(when).length;
  return shown.toSorted((a, b) => weight(b) - weight(a))[0]?.key ?? null;
};
