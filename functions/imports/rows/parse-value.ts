import { Currency, Money } from '../../../events/money.ts';
import { countryOf, normalisePostcode } from '../../cleaning/addresses.ts';
import { normalisePhone } from '../../customers/phone.ts';
import type { CellKind } from '../../shared/imports/importable.ts';
import { isEmail, normaliseEmail } from '../../shared/text/email.ts';
import { type DateOrder, dateOf, instantOf } from '../../shared/time/parse-date.ts';

type Options = { country?: string | undefined; dates: DateOrder };
export type Parsed = { value: unknown } | { fault: string };

const partyKinds: Record<string, string> = {
  person: 'person',
  individual: 'person',
  organisation: 'organisation',
  organization: 'organisation',
  company: 'organisation',
  business: 'organisation',
};

// 1.23457E+11: many numbers, of many customers, have become one
const shortened = /^\d([.,]\d+)?E\+\d+$/i;

const orFault = (value: unknown, fault: string): Parsed => (value === undefined ? { fault } : { value });

/** the stored form of a cell, or why it cannot be parsed */
export const parseValue: Record<Exclude<CellKind, 'money'>, (value: unknown, options: Options) => Parsed> = {
  any: value => ({ value }),
  text: value => ({ value: String(value).trim() }),
  word: value => ({ value: String(value).trim().toLowerCase() }),
  identifier: value =>
    shortened.test(String(value))
      ? { fault: 'was shortened by a spreadsheet: export it as text' }
      : { value: String(value) },
  email: value => {
    const email = normaliseEmail(String(value));
    return orFault(isEmail(email) ? email : undefined, 'is not an e-mail address');
  },
  phone: (value, { country }) =>
    orFault(normalisePhone(String(value), country), `is not a valid phone number${country ? ` in ${country}` : ''}`),
  localPhone: (value, options) => (options.country ? parseValue.phone(value, options) : { value: String(value) }),
  country: value => orFault(countryOf(String(value)), 'is not a country'),
  postcode: (value, { country }) => ({ value: normalisePostcode(String(value), country) }),
  partyKind: value => orFault(partyKinds[String(value).toLowerCase()], 'is neither a person nor an organisation'),
  date: (value, { dates }) => orFault(dateOf(String(value), dates), 'is not a date'),
  instant: (value, { dates }) => orFault(instantOf(String(value), dates), 'is not a date or time'),
  whole: value => {
    const text = String(value).trim();
    return orFault(/^\d{1,15}(\.0+)?$/.test(text) ? Number(text) : undefined, 'is not a whole number');
  },
  currency: value => orFault(Currency.safeParse(String(value)).data, 'is not a currency: use three letters, ISO 4217'),
  list: value => orFault(Array.isArray(value) ? value : undefined, 'is not a list'),
};

type Digits = { whole: string; decimals: string };

const decimalsOf = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

const inGroups = /^\d{1,3}([.,]\d{3})*$/;

const ambiguous = 'is ambiguous: write it with as many decimals as its currency has';

/** the digits of a number, or why it is not a number or is ambiguous */
const read = (text: string, decimals: number): Digits | { fault?: string } => {
  const bare = text.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '');
  if (!/^\d[\d.,]*$/.test(bare)) return {};
  const at = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (at < 0) return { whole: bare, decimals: '' };
  const [mark = '', before, after] = [bare[at], bare.slice(0, at), bare.slice(at + 1)];
  const ungrouped = before.replace(/[.,]/g, '');
  const isGroup = after.length === 3 && inGroups.test(bare) && decimals !== 3;
  // databases write 450 as 450.000, people mean 450 thousand by it
  if (isGroup && mark === '.' && ungrouped === before) return { fault: ambiguous };
  if (before.includes(mark) || isGroup) return inGroups.test(bare) ? { whole: ungrouped + after, decimals: '' } : {};
  if (!after || (ungrouped !== before && !inGroups.test(before))) return {};
  return { whole: ungrouped, decimals: after };
};

/** minor units; undefined where there are fractions of them */
const minor = ({ whole, decimals }: Digits, most: number) => {
  if (/[1-9]/.test(decimals.slice(most))) return undefined;
  return Number(`${whole}${decimals.slice(0, most).padEnd(most, '0')}`);
};

const ofNumber = (value: number): Digits | { fault?: string } => {
  const [whole = '', decimals = ''] = String(value).split('.');
  return /^\d+$/.test(whole) && /^\d*$/.test(decimals) ? { whole, decimals } : {};
};

/** An amount as people write it, such as `SGD 129,900.00`, in minor units of the currency that it or its file names. */
export const parseAmount = (value: unknown, currency: string | undefined) => {
  const text = String(value).trim();
  const [, first, number = text, last] = /^([A-Za-z]{3})?\s*([^A-Za-z]*?)\s*([A-Za-z]{3})?$/.exec(text) ?? [];
  const code = Currency.safeParse(first ?? last ?? currency);
  if (!code.success) return { fault: 'has no currency: map a column to currency, or set `currency` of the import' };
  const decimals = decimalsOf(code.data);
  const digits = typeof value === 'number' ? ofNumber(value) : read(number, decimals);
  const none = { fault: `is not an amount in ${code.data}` };
  if (!('whole' in digits)) return 'fault' in digits && digits.fault ? { fault: digits.fault } : none;
  const money = Money.safeParse({ amount: minor(digits, decimals), currency: code.data });
  return money.success ? { value: money.data } : none;
};
