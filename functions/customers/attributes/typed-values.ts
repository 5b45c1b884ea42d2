import * as z from 'zod';
import { isEmail, normaliseEmail } from '../../shared/text/email.ts';
import { normalisePhone } from '../phone.ts';
import type { Definition } from './definition.ts';

type Typed = { value: unknown } | { fault: string };

type Context = { definition: Definition; country: string | undefined };
type Parser = (value: unknown, context: Context) => Typed;

const mostText = 4000;
const mostItems = 200;

const fault = (words: string): Typed => ({ fault: words });
const tidy = (value: unknown) => (typeof value === 'string' ? value.trim() : value);

const within = (size: number, { min, max }: Definition, unit = ''): Typed | undefined => {
  if (typeof min === 'number' && size < min) return fault(`is less than ${min}${unit}`);
  if (typeof max === 'number' && size > max) return fault(`is more than ${max}${unit}`);
  return undefined;
};

const text: Parser = (given, { definition }) => {
  const value = typeof given === 'number' ? String(given) : tidy(given);
  if (typeof value !== 'string' || !value) return fault('is not a text');
  if (value.length > mostText) return fault(`is longer than ${mostText} characters`);
  if (definition.pattern !== undefined && !matchesWildcards(definition.pattern, value)) {
    return fault(`does not match ${definition.pattern}`);
  }
  return within(value.length, definition, ' characters') ?? { value };
};

const number: Parser = (given, { definition }) => {
  const value = typeof given === 'string' && /^-?\d+(\.\d+)?$/.test(given.trim()) ? Number(given) : given;
  if (typeof value !== 'number') return fault('is not a number');
  return within(value, definition) ?? { value };
};

const integer: Parser = (given, context) => {
  const read = number(given, context);
  return 'value' in read && !Number.isSafeInteger(read.value) ? fault('is not a whole number') : read;
};

const truths: readonly unknown[] = [true, 'true', 'yes', '1', 1];
const falsehoods: readonly unknown[] = [false, 'false', 'no', '0', 0];

const boolean: Parser = given => {
  const value = typeof given === 'string' ? given.trim().toLowerCase() : given;
  if (truths.includes(value)) return { value: true };
  return falsehoods.includes(value) ? { value: false } : fault('is not true or false');
};

const since = (value: string, { min, max }: Definition): Typed => {
  if (typeof min === 'string' && Date.parse(value) < Date.parse(min)) return fault(`is before ${min}`);
  if (typeof max === 'string' && Date.parse(value) > Date.parse(max)) return fault(`is after ${max}`);
  return { value };
};

const [IsoDate, IsoInstant] = [z.iso.date(), z.iso.datetime({ offset: true })];

const date: Parser = (given, { definition }) => {
  const { data } = IsoDate.safeParse(tidy(given));
  return data === undefined ? fault('is not a date (YYYY-MM-DD)') : since(data, definition);
};

const instant: Parser = (given, { definition }) => {
  const { data } = IsoInstant.safeParse(tidy(given));
  return data === undefined
    ? fault('is not a time such as 2026-11-22T09:00:00Z')
    : since(new Date(data).toISOString(), definition);
};

const choice: Parser = (given, { definition: { values = [] } }) => {
  const text = String(tidy(given)).toLowerCase();
  const value = values.find(one => one.toLowerCase() === text);
  return value === undefined ? fault(`is not one of ${values.slice(0, 20).join(', ')}`) : { value };
};

export const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

const list: Parser = (given, context) => {
  const { definition } = context;
  const items = Array.isArray(given) ? given : [tidy(given)];
  if (!items.every(isScalar)) return fault('is not a list of texts, numbers or booleans');
  if (items.length > mostItems) return fault(`has more than ${mostItems} items`);
  const read: Typed[] = definition.values ? items.map(item => choice(item, context)) : items.map(value => ({ value }));
  const bad = read.find((one): one is { fault: string } => 'fault' in one);
  if (bad) return fault(`has an item that ${bad.fault}`);
  const value = [...new Set(read.map(one => (one as { value: unknown }).value))];
  return within(value.length, definition, ' items') ?? { value };
};

const Money = z.strictObject({
  amount: z.int(),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/),
});

const money: Parser = (given, { definition }) => {
  const { data } = Money.safeParse(given);
  if (!data) return fault('is not { amount, currency } with minor units and a three-letter code');
  return within(data.amount, definition) ?? { value: data };
};

const url: Parser = given => {
  const value = tidy(given);
  const isWeb = typeof value === 'string' && value.length <= 2000 && /^https?:\/\//i.test(value) && URL.canParse(value);
  return isWeb ? { value } : fault('is not a URL such as https://example.com');
};

const email: Parser = given => {
  const value = normaliseEmail(typeof given === 'string' ? given : '');
  return isEmail(value) ? { value } : fault('is not an e-mail address');
};

const phone: Parser = (given, { country }) => {
  const value = typeof given === 'string' && given.length <= 40 ? normalisePhone(given, country) : undefined;
  return value ? { value } : fault('is not a valid phone number');
};

const parsers: Record<NonNullable<Definition['type']>, Parser> = {
  text,
  number,
  integer,
  boolean,
  date,
  instant,
  enum: choice,
  list,
  money,
  url,
  email,
  phone,
  json: value => ({ value }),
};

/** A value in its defined type. Texts are converted to numbers, booleans and allowed values where they represent one. */
export const parseTyped = (definition: Definition, value: unknown, country?: string): Typed =>
  definition.type ? parsers[definition.type](value, { definition, country }) : { value };

const fits = (sign: string, character: string) => {
  if (sign === '?') return true;
  if (sign === '#') return /\d/.test(character);
  if (sign === '@') return /\p{L}/u.test(character);
  return sign === character;
};

/** Whether a text fits a pattern of `*` (any characters), `?` (any one), `#` (a digit) and `@` (a letter), all of it. */
export const matchesWildcards = (pattern: string, text: string): boolean => {
  const [signs, characters] = [Array.from(pattern), Array.from(text)];
  let [sign, at] = [0, 0];
  // backtracking to the last star suffices: earlier ones match as little as possible
  let star: { sign: number; at: number } | undefined;
  while (at < characters.length) {
    if (signs[sign] === '*') {
      star = { sign: ++sign, at };
    } else if (sign < signs.length && fits(signs[sign]!, characters[at]!)) {
      sign++;
      at++;
    } else if (star) {
      star.at++;
      [sign, at] = [star.sign, star.at];
    } else {
      return false;
    }
  }
  return signs.slice(sign).every(left => left === '*');
};
