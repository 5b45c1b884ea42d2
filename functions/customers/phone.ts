import { createRequire } from 'node:module';
import type { CountryCode } from 'libphonenumber-js/min';

// its tables are a quarter of a bundle and few requests need them: loaded at first use, packed by lib/bundle.ts
const load = (): typeof import('libphonenumber-js/min') => createRequire(import.meta.url)('libphonenumber-js/min');

const keypad = (letter: string) => '22233344455566677778889999'[letter.toUpperCase().charCodeAt(0) - 65] ?? letter;

/** a number such as 1-800-FLOWERS in digits; an extension is not a word */
const withDigits = (phone: string) =>
  phone.replace(/(?<=\d[\s.-]*)[A-Z]{4,}(?!.*\d)/is, word => word.replace(/./g, keypad));

/** a Mexican number without the prefixes that were abolished in 2019: 044, 045, 01 and the 1 after +52 */
const withoutOldPrefix = (phone: string, country?: string) => {
  const isAbroad = /^(?:\+|00)\s*52/.test(phone);
  if (!isAbroad && (country !== 'MX' || phone.startsWith('+'))) return undefined;
  const national = phone.replace(/^(?:\+|00)\s*52/, '').replace(/^[\s.-]*/, '');
  const bare = national.replace(/^\(?(?:04[45]|01|1)\)?[\s.-]*(?=\(?[1-9])/, '');
  return bare === national ? undefined : `+52 ${bare}`;
};

/** the extension of a number, such as 12 of `+65 6123 4567 ext. 12` */
export const extensionOf = (phone: string, country?: string) => {
  if (!/[a-z#;]/i.test(phone)) return undefined;
  const { isSupportedCountry, parsePhoneNumberFromString } = load();
  const region = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  return parsePhoneNumberFromString(phone.trim(), region)?.ext;
};

/** The number in E.164 without its extension; undefined if invalid. A national number needs the country (ISO 3166-1 alpha-2). */
export const normalisePhone = (phone: string, country?: string) => {
  const { isSupportedCountry, parsePhoneNumberFromString } = load();
  const region = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const read = (text: string) => {
    const parsed = parsePhoneNumberFromString(text, region);
    return parsed?.isValid() ? parsed.number : undefined;
  };
  const bare = phone.trim().replace(/^tel:/i, '');
  const mexican = withoutOldPrefix(bare, country);
  return read(bare) ?? (mexican && read(mexican)) ?? read(withDigits(bare));
};
