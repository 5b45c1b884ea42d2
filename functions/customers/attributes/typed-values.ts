import * as z from 'zod';
import { Currency } from '../../../events/money.ts';
import { isEmail, normaliseEmail } from '../../shared/text/email.ts';
import { type DateOrder, dateOf, instantOf } from '../../shared/time/parse-date.ts';
import { normalisePhone } from '../phone.ts';
import type { Definition } from './definition.ts';
import { parseAmount, parseItems, parseNumber, parseTruth } from './written-values.ts';

type Typed = { value: unknown } | { fault: string };

/** `written`: how the dates of a text of a file or a tracker are read, which writes values as people do */
export type Reading = { country?: string | undefined; written?: DateOrder | undefined };

type Context = Reading & { definition: Definition };
type Parser = (value: unknown, context: Context) => Typed;

const mostText = 4000;
const mostItems = 200;

const fault = (words: string): Typed => ({ fault: words });
const tidy = (value: unknown) => (typeof value === 'string' ? value.trim() : value);

const within = (size: number, { min, max }: Definition, unit = ''): Typed | undefined => {
  const sized = (bound: number) => `${bound}${unit && ` ${unit}${bound === 1 ? '' : 's'}`}`;
  if (typeof min === 'number' && size < min) return fault(`is less than ${sized(min)}`);
  if (typeof max === 'number' && size > max) return fault(`is more than ${sized(max)}`);
  return undefined;
};

const text: Parser = (given, { definition }) => {
  const value = typeof given === 'number' ? String(given) : tidy(given);
  if (typeof value !== 'string' || !value) return fault('is not a text');
  if (value.length > mostText) return fault(`is longer than ${mostText} characters`);
  if (definition.pattern !== undefined && !matchesWildcards(definition.pattern, value)) {
    return fault(`does not match ${definition.pattern}`);
  }
  return within(value.length, definition, 'character') ?? { value };
};

const number: Parser = (given, { definition, written }) => {
  if (written && typeof given === 'string') {
    const read = parseNumber(given, definition.type === 'integer');
    return 'fault' in read ? read : (within(read.value, definition) ?? read);
  }
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

const boolean: Parser = (given, { written }) => {
  const truth = written && typeof given === 'string' ? parseTruth(given) : undefined;
  if (truth !== undefined) return { value: truth };
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

const textIn = (given: unknown, written: DateOrder | undefined, of: (text: string, order: DateOrder) => unknown) =>
  (written && typeof given === 'string' ? of(given, written) : undefined) ?? tidy(given);

const date: Parser = (given, { definition, written }) => {
  const { data } = IsoDate.safeParse(textIn(given, written, dateOf));
  return data === undefined ? fault('is not a date (YYYY-MM-DD)') : since(data, definition);
};

const instant: Parser = (given, { definition, written }) => {
  const { data } = IsoInstant.safeParse(textIn(given, written, instantOf));
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
  const single = context.written && typeof given === 'string' ? parseItems(given) : [tidy(given)];
  const items = Array.isArray(given) ? given : single;
  if (!items.every(isScalar)) return fault('is not a list of texts, numbers or booleans');
  if (items.length > mostItems) return fault(`has more than ${mostItems} items`);
  const read: Typed[] = definition.values ? items.map(item => choice(item, context)) : items.map(value => ({ value }));
  const bad = read.find((one): one is { fault: string } => 'fault' in one);
  if (bad) return fault(`has an item that ${bad.fault}`);
  const value = [...new Set(read.map(one => (one as { value: unknown }).value))];
  return within(value.length, definition, 'item') ?? { value };
};

const Money = z.strictObject({ amount: z.int(), currency: Currency });

const money: Parser = (given, { definition, written }) => {
  const read = written && typeof given === 'string' ? parseAmount(given, undefined) : undefined;
  if (read && 'fault' in read) return fault(read.fault);
  const { data } = Money.safeParse(read?.value ?? given);
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
export const parseTyped = (definition: Definition, value: unknown, reading: Reading = {}): Typed =>
  definition.type ? parsers[definition.type](value, { ...reading, definition }) : { value };

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
