import type * as z from 'zod';

type Issue = z.core.$ZodIssue;
type Raw = z.core.$ZodRawIssue;

export const required = 'is required';

const types: Record<string, string> = {
  string: 'must be a text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  tuple: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
  null: 'must be null',
  never: 'is not allowed',
  nonoptional: required,
};

const formats: Record<string, string> = {
  date: 'must be a date such as 2026-02-28',
  datetime: 'must be an instant in UTC such as 2026-02-28T09:30:00Z',
  email: 'must be an e-mail address',
  e164: 'must be a phone number such as +6561234567',
  base64: 'must be written in Base64',
};

const units: Record<string, string> = { string: 'character', array: 'item' };

const sized = (origin: string, limit: number, bound: string) => {
  const unit = units[origin];
  return unit ? `must have ${bound} ${limit} ${unit}${limit === 1 ? '' : 's'}` : `must be ${bound} ${limit}`;
};

const oneOf = (values: readonly unknown[]) => `must be ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`;

const unmatched = (issue: z.core.$ZodIssueInvalidUnion) => {
  if (issue.inclusive === false) return 'has more than one of several forms';
  if (issue.options?.length) return oneOf(issue.options);
  const texts = issue.errors.flat().map(({ message }) => message);
  return texts.length ? [...new Set(texts)].join(', or ') : 'is not valid';
};

/** what is wrong with a field, by the code of the issue; its name is said beside it */
const texts: { [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => string | undefined } = {
  invalid_type: ({ expected }) => types[expected],
  invalid_value: ({ values }) => oneOf(values),
  invalid_format: ({ format }) => formats[format] ?? 'is not written as it must be',
  invalid_union: unmatched,
  invalid_key: ({ issues }) => issues[0]?.message ?? 'is not a valid name',
  not_multiple_of: ({ divisor }) => `must be a multiple of ${divisor}`,
  too_small: ({ origin, minimum, inclusive, exact }) =>
    minimum === 1 && origin in units && !exact
      ? 'is empty'
      : sized(origin, Number(minimum), exact ? 'exactly' : inclusive ? 'at least' : 'more than'),
  too_big: ({ origin, maximum, inclusive, exact }) =>
    sized(origin, Number(maximum), exact ? 'exactly' : inclusive ? 'at most' : 'less than'),
};

/** The text of an issue that its schema has none for. */
export const issueText = (issue: Raw): string => {
  if (issue.input === undefined && issue.code !== 'custom') return required;
  const text = texts[issue.code] as ((issue: Raw) => string | undefined) | undefined;
  return text?.(issue) ?? 'is not valid';
};
