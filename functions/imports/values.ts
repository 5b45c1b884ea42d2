import { countryOf } from '../cleaning/country.ts';
import { normalisePostcode } from '../cleaning/postcode.ts';
import { normalisePhone } from '../customers/phone.ts';

/** the order in which a file writes day, month and year, where that cannot be seen */
export type DateOrder = 'dmy' | 'mdy';

const two = (part: string) => part.padStart(2, '0');

const isDate = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** `YYYY-MM-DD` of a date as files write it: 2024-01-31, 20240131, 31/01/2024, 31.1.2024 …; undefined for what is none */
export const dateOf = (given: string, order: DateOrder): string | undefined => {
  const text = given.trim().replace(/[T ]\d{1,2}:\d\d.*$/, '');
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(text) ?? [];
  if (year && month && day)
    return isDate(`${year}-${two(month)}-${two(day)}`) ? `${year}-${two(month)}-${two(day)}` : undefined;
  const [, first, second, last] = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text) ?? [];
  if (!first || !second || !last) return undefined;
  const orders =
    order === 'dmy'
      ? [
          [second, first],
          [first, second],
        ]
      : [
          [first, second],
          [second, first],
        ];
  const found = orders.map(([m = '', d = '']) => `${last}-${two(m)}-${two(d)}`).find(isDate);
  return found;
};

type Told = { country: string | undefined; dates: DateOrder };

type Kept = { value: unknown } | { fault: string };

const kinds: Record<string, string> = {
  person: 'person',
  individual: 'person',
  organisation: 'organisation',
  organization: 'organisation',
  company: 'organisation',
  business: 'organisation',
};

// 1.23457E+11: many numbers, of many customers, have become one
const shortened = /^\d([.,]\d+)?E\+\d+$/i;
const isNumber = (path: string) => path === 'externalId' || path.startsWith('identifiers.');

/** a cell's text as its attribute keeps it, or why it cannot */
export const kept = (path: string, text: string, { country, dates }: Told): Kept => {
  if (path === 'dateOfBirth') {
    const value = dateOf(text, dates);
    return value ? { value } : { fault: 'is not a date' };
  }
  if (path === 'address.country') {
    const value = countryOf(text);
    return value ? { value } : { fault: 'is not a country' };
  }
  // without a country the customer's own may say how it is read
  if (path === 'phone' && country) {
    const value = normalisePhone(text, country);
    return value ? { value } : { fault: `is not a valid phone number in ${country}` };
  }
  if (path === 'address.postcode') return { value: normalisePostcode(text, country) };
  if (path === 'kind') {
    const value = kinds[text.toLowerCase()];
    return value ? { value } : { fault: 'is neither a person nor an organisation' };
  }
  if (isNumber(path) && shortened.test(text)) return { fault: 'was shortened by a spreadsheet: export it as text' };
  if (path === 'preferredChannel') return { value: text.toLowerCase() };
  return { value: text };
};
