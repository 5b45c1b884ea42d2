import * as z from 'zod';
import { isEmail, normaliseEmail } from '../../shared/text/email.ts';
import { normalisePhone } from '../phone.ts';
import type { Definition } from './definition.ts';
import { fitsWildcards } from './wildcards.ts';

/** a value as its type has it, or what is wrong with it */
export type Typed = { value: unknown } | { fault: string };

type Of = { definition: Definition; country: string | undefined };
type Reading = (value: unknown, of: Of) => Typed;

const mostText = 4000;
const mostItems = 200;

const fault = (words: string): Typed => ({ fault: words });
const tidy = (value: unknown) => (typeof value === 'string' ? value.trim() : value);

const within = (size: number, { min, max }: Definition, unit = ''): Typed | undefined => {
  if (typeof min === 'number' && size < min) return fault(`is less than ${min}${unit}`);
  if (typeof max === 'number' && size > max) return fault(`is more than ${max}${unit}`);
  return undefined;
};

const text: Reading = (given, { definition }) => {
  const value = typeof given === 'number' ? String(given) : tidy(given);
  if (typeof value !== 'string' || !value) return fault('is not a text');
  if (value.length > mostText) return fault(`is longer than ${mostText} characters`);
  if (definition.pattern !== undefined && !fitsWildcards(definition.pattern, value)) {
    return fault(`does not look like ${definition.pattern}`);
  }
  return within(value.length, definition, ' characters') ?? { value };
};

const number: Reading = (given, { definition }) => {
  const value = typeof given === 'string' && /^-?\d+(\.\d+)?$/.test(given.trim()) ? Number(given) : given;
  if (typeof value !== 'number') return fault('is not a number');
  return within(value, definition) ?? { value };
};

const integer: Reading = (given, of) => {
  const read = number(given, of);
  return 'value' in read && !Number.isSafeInteger(read.value) ? fault('is not a whole number') : read;
};

const truths = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  ['yes', true],
  ['1', true],
  [1, true],
  [false, false],
  ['false', false],
  ['no', false],
  ['0', false],
  [0, false],
]);

const boolean: Reading = given => {
  const value = truths.get(typeof given === 'string' ? given.trim().toLowerCase() : given);
  return value === undefined ? fault('is neither true nor false') : { value };
};

const since = (value: string, { min, max }: Definition): Typed => {
  if (typeof min === 'string' && Date.parse(value) < Date.parse(min)) return fault(`is before ${min}`);
  if (typeof max === 'string' && Date.parse(value) > Date.parse(max)) return fault(`is after ${max}`);
  return { value };
};

const [IsoDate, IsoInstant] = [z.iso.date(), z.iso.datetime({ offset: true })];

const date: Reading = (given, { definition }) => {
  const { data } = IsoDate.safeParse(tidy(given));
  return data === undefined ? fault('is not a date (YYYY-MM-DD)') : since(data, definition);
};

const instant: Reading = (given, { definition }) => {
  const { data } = IsoInstant.safeParse(tidy(given));
  return data === undefined
    ? fault('is not a time such as 2026-11-22T09:00:00Z')
    : since(new Date(data).toISOString(), definition);
};

const choice: Reading = (given, { definition: { values = [] } }) => {
  const said = String(tidy(given)).toLowerCase();
  const value = values.find(one => one.toLowerCase() === said);
  return value === undefined ? fault(`is none of ${values.slice(0, 20).join(', ')}`) : { value };
};

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

const list: Reading = (given, of) => {
  const { definition } = of;
  const items = Array.isArray(given) ? given : [tidy(given)];
  if (!items.every(isScalar)) return fault('is not a list of texts, numbers or truth values');
  if (items.length > mostItems) return fault(`has more than ${mostItems} items`);
  const read: Typed[] = definition.values ? items.map(item => choice(item, of)) : items.map(value => ({ value }));
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

const money: Reading = (given, { definition }) => {
  const { data } = Money.safeParse(given);
  if (!data) return fault('is not { amount, currency }, in minor units and three letters');
  return within(data.amount, definition) ?? { value: data };
};

const url: Reading = given => {
  const value = tidy(given);
  const isWeb = typeof value === 'string' && value.length <= 2000 && /^https?:\/\//i.test(value) && URL.canParse(value);
  return isWeb ? { value } : fault('is not an address such as https://example.com');
};

const email: Reading = given => {
  const value = normaliseEmail(typeof given === 'string' ? given : '');
  return isEmail(value) ? { value } : fault('is not an e-mail address');
};

const phone: Reading = (given, { country }) => {
  const value = typeof given === 'string' && given.length <= 40 ? normalisePhone(given, country) : undefined;
  return value ? { value } : fault('is not a valid phone number');
};

const readings: Record<NonNullable<Definition['type']>, Reading> = {
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

/** A value by its definition. Texts that say a number, a truth value or one of the values in other letters are taken as such. */
export const typed = (definition: Definition, value: unknown, country?: string): Typed =>
  definition.type ? readings[definition.type](value, { definition, country }) : { value };
