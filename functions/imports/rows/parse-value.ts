import { Currency } from '../../../events/money.ts';
import { countryOf, normalisePostcode } from '../../cleaning/addresses.ts';
import { normalisePhone } from '../../customers/phone.ts';
import type { CellKind } from '../../shared/imports/importable.ts';
import { isEmail, normaliseEmail } from '../../shared/text/email.ts';
import { type DateOrder, dateOf, instantOf } from '../../shared/time/parse-date.ts';

type Options = { country?: string | undefined; home?: string | undefined; dates: DateOrder };
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
  phone: (value, { home, country = home }) =>
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
