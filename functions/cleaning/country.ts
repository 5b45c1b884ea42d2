import { alpha2Of, countryCodes } from './country-codes.ts';

/** the languages that countries are recognised in */
const languages =
  'en de fr es it pt nl pl cs sv da nb fi tr el hu ro ru uk ar he hi th vi id ms zh zh-Hant ja ko'.split(' ');

/** what people write beside the names of the locale data */
const aliases: Record<string, string[]> = {
  AE: ['uae', 'emirates'],
  BO: ['bolivia'],
  CD: ['dr congo', 'drc'],
  CZ: ['czech republic'],
  GB: ['uk', 'great britain', 'england', 'scotland', 'wales', 'northern ireland', 'britain'],
  IR: ['iran'],
  KR: ['korea', 'republic of korea'],
  LA: ['laos'],
  MD: ['moldova'],
  MY: ['msia', 'm sia'],
  NL: ['holland', 'the netherlands'],
  RU: ['russian federation'],
  SG: ['spore', 's pore'],
  SY: ['syria'],
  TR: ['turkey'],
  TW: ['taiwan'],
  TZ: ['tanzania'],
  US: ['usa', 'united states of america', 'america', 'u s a', 'u s'],
  VE: ['venezuela'],
  VN: ['viet nam'],
};

const simple = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

let names: Map<string, string> | undefined;

/** made at first use: some thousands of names */
const named = () => {
  if (names) return names;
  names = new Map<string, string>();
  for (const language of languages) {
    const shown = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of countryCodes) {
      const name = simple(shown.of(code) ?? '');
      if (name && !names.has(name)) names.set(name, code);
    }
  }
  for (const [code, others] of Object.entries(aliases)) for (const other of others) names.set(other, code);
  return names;
};

/** The ISO 3166-1 alpha-2 code of a country by code (two or three letters) or by its name in some thirty languages. */
export const countryOf = (given: string): string | undefined => {
  const code = given.trim().toUpperCase();
  if (countryCodes.has(code)) return code;
  return alpha2Of.get(code) ?? named().get(simple(given));
};
