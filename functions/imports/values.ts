import { countryOf, normalisePostcode } from '../cleaning/addresses.ts';
import { type DateOrder, dateOf } from '../cleaning/dates.ts';
import { normalisePhone } from '../customers/phone.ts';

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
