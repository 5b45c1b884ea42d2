import { createRequire } from 'node:module';
import type { CountryCode } from 'libphonenumber-js/min';

// its tables are a quarter of a bundle and few requests need them: loaded at first use, packed by lib/bundle.ts
const load = (): typeof import('libphonenumber-js/min') => createRequire(import.meta.url)('libphonenumber-js/min');

const keypad = (letter: string) => '22233344455566677778889999'[letter.toUpperCase().charCodeAt(0) - 65] ?? letter;

/** a number such as 1-800-FLOWERS in digits; an extension is not a word */
const withDigits = (phone: string) =>
  phone.replace(/(?<=\d[\s.-]*)[A-Z]{4,}(?!.*\d)/is, word => word.replace(/./g, keypad));

/** The number in E.164 without its extension; undefined if invalid. A national number needs the country (ISO 3166-1 alpha-2). */
export const normalisePhone = (phone: string, country?: string) => {
  const { isSupportedCountry, parsePhoneNumberFromString } = load();
  const region = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const read = (text: string) => {
    const parsed = parsePhoneNumberFromString(text, region);
    return parsed?.isValid() ? parsed.number : undefined;
  };
  const bare = phone.trim().replace(/^tel:/i, '');
  return read(bare) ?? read(withDigits(bare));
};
