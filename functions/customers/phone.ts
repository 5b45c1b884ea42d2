import { createRequire } from 'node:module';
import type { CountryCode } from 'libphonenumber-js/min';

// its tables are a quarter of a bundle and few requests need them: loaded at first use, packed by lib/bundle.ts
const load = (): typeof import('libphonenumber-js/min') => createRequire(import.meta.url)('libphonenumber-js/min');

/** The number in E.164, or undefined when it is none. A national number needs the country (ISO 3166-1 alpha-2). */
export const normalisePhone = (phone: string, country?: string) => {
  const { isSupportedCountry, parsePhoneNumberFromString } = load();
  const region = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(phone, region);
  return parsed?.isValid() ? parsed.number : undefined;
};
