import { describe, expect, test } from 'vitest';
import { countryOf, isPostcode, normalisePostcode } from '../../functions/cleaning/addresses.ts';
import { suggestedEmail } from '../../functions/cleaning/email-typos.ts';
import { normalisePhone } from '../../functions/customers/phone.ts';
import { isEmail, normaliseEmail } from '../../functions/shared/text/email.ts';
import { addresses } from './addresses.ts';

describe('e-mail addresses', () => {
  const takes = (category: string) => addresses[category]?.filter(isEmail);

  test('every valid address is accepted, whether or not its domain exists', () => {
    expect([...(takes('VALID') ?? []), ...(takes('DNSWARN') ?? [])]).toEqual([
      ...(addresses.VALID ?? []),
      ...(addresses.DNSWARN ?? []),
    ]);
    expect([addresses.VALID?.length, addresses.DNSWARN?.length, addresses.ERR?.length]).toEqual([14, 8, 66]);
  });

  test.each(['ERR', 'RFC5322', 'DEPREC', 'CFWS'])('nothing of %s is accepted', category => {
    expect(takes(category)).toEqual([]);
  });

  test('of what SMTP allows, a bare top-level domain is accepted; quotes, numbers and literals are not', () => {
    expect(takes('RFC5321')).toEqual(['test@org']);
  });

  test('an international domain is stored in ASCII; capitals and spaces are removed', () => {
    expect(normaliseEmail(' Ada.Tan@Bücher.Example ')).toBe('ada.tan@xn--bcher-kva.example');
    expect(isEmail(normaliseEmail('ada@bücher.example'))).toBe(true);
    expect(isEmail(normaliseEmail('ädä@example.com'))).toBe(false);
  });

  test.each([
    ['ada@gmial.com', 'ada@gmail.com'],
    ['ada@gmai.com', 'ada@gmail.com'],
    ['ada@hotmaill.com', 'ada@hotmail.com'],
    ['ada@gmail.com', undefined],
    ['ada@gmails.example', undefined],
  ])('%s suggests %s', (given, meant) => expect(suggestedEmail(given)).toBe(meant));
});

test.each([
  ['(650) 253-0000', 'US', '+16502530000'],
  ['020 7031 3000', 'GB', '+442070313000'],
  ['06 12 34 56 78', 'FR', '+33612345678'],
  ['0412 345 678', 'AU', '+61412345678'],
  ['030/12345678', 'DE', '+493012345678'],
  ['+39 02-36618 300', undefined, '+390236618300'],
  ['011 44 20 7031 3000', 'US', '+442070313000'],
  ['650 253 0000 ext. 123', 'US', '+16502530000'],
  ['1-800-FLOWERS', 'US', '+18003569377'],
  ['tel:+1-650-253-0000', undefined, '+16502530000'],
  ['12345', 'US', undefined],
  ['01 44 66 81 800', 'CH', undefined],
  ['no number', 'US', undefined],
])('the phone number %s in %s is %s', (given, country, number) => expect(normalisePhone(given, country)).toBe(number));

test.each([
  ['SG', 'SG'],
  ['sgp', 'SG'],
  ['Deutschland', 'DE'],
  ['Côte d’Ivoire', 'CI'],
  ['U.S.A.', 'US'],
  ['England', 'GB'],
  ['日本', 'JP'],
  ['The Netherlands', 'NL'],
  ['South Korea', 'KR'],
  ['Narnia', undefined],
  ['', undefined],
])('the country %s is %s', (given, code) => expect(countryOf(given)).toBe(code));

test.each([
  ['sw1a1aa', 'GB', 'SW1A 1AA', true],
  ['1012ab', 'NL', '1012 AB', true],
  ['k1a-0b1', 'CA', 'K1A 0B1', true],
  [' 018989 ', 'SG', '018989', true],
  ['11455', 'SE', '114 55', true],
  ['99', 'DE', '99', false],
  ['anything', 'ZZ', 'ANYTHING', undefined],
])('the postcode %s in %s is %s', (given, country, kept, valid) => {
  expect(normalisePostcode(given, country)).toBe(kept);
  expect(isPostcode(kept, country)).toBe(valid);
});

test.each([
  ['Hong Kong', 'HK'],
  ['U.K.', 'GB'],
  ['Ivory Coast', 'CI'],
  ['Macau', 'MO'],
  ['U.S.A.', 'US'],
  ['Burma', 'MM'],
])('%s is the country %s', (name, code) => expect(countryOf(name)).toBe(code));

test('every short and long name of a country is one, except where it is the code of another', () => {
  for (const language of ['en', 'de', 'fr', 'es'])
    for (const style of ['long', 'short'] as const) {
      const names = new Intl.DisplayNames(language, { type: 'region', style });
      for (const code of ['HK', 'MO', 'GB', 'US', 'MM', 'CI', 'PS', 'CV', 'DE', 'ES'])
        if (names.of(code) !== 'RU') expect(countryOf(names.of(code) ?? ''), `${language} ${style} ${code}`).toBe(code);
    }
});

test.each([
  ['+52 1 55 1234 5678', undefined],
  ['+52 (1) 55 1234 5678', undefined],
  ['+52 044 55 1234 5678', undefined],
  ['0052 1 55 1234 5678', 'DE'],
  ['044 55 1234 5678', 'MX'],
  ['01 55 1234 5678', 'MX'],
  ['55 1234 5678', 'MX'],
])('%s is a Mexican number without its old prefix', (phone, country) =>
  expect(normalisePhone(phone, country)).toBe('+525512345678'),
);

test('the prefixes of Mexico are no prefixes of other numbers', () => {
  expect(normalisePhone('449 123 4567', 'MX')).toBe('+524491234567');
  expect(normalisePhone('+1 202 555 0123', 'MX')).toBe('+12025550123');
  expect(normalisePhone('01 42 34 56 78', 'FR')).toBe('+33142345678');
});
