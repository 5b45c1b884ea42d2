import { describe, expect, test } from 'vitest';
import { cleanProfile, fixCounts } from '../../functions/cleaning/clean-profile.ts';
import { likelyBirthday } from '../../functions/cleaning/dates.ts';
import { likelyEmail } from '../../functions/cleaning/email-typos.ts';
import { type FixId, fixIds } from '../../functions/cleaning/fix-ids.ts';
import { type Fix, fixes } from '../../functions/cleaning/fixes.ts';
import { fixCase, isCompanyName, nameParts, withoutSalutation } from '../../functions/cleaning/names.ts';
import { decodeEntities, fixEncoding, isPlaceholder, normaliseSpaces } from '../../functions/cleaning/texts.ts';
import type { Profile } from '../../functions/customers/customer.ts';
import { mergePatch } from '../../functions/shared/json.ts';

const now = '2026-11-25T00:00:00.000Z';

const definition = {
  required: false,
  accuracy: 'normal',
  classification: 'normal',
  indexed: false,
  updatedAt: now,
} as const;
const settings = { definitions: [{ ...definition, attribute: 'attributes.size', type: 'integer' as const }] };

const under = (profile: Record<string, unknown>, asked: FixId[], verified: string[] = []) => {
  const { patch, changes } = cleanProfile(profile as Profile, asked, { now, settings, verified: new Set(verified) });
  return { after: mergePatch(profile, patch), patch, changes };
};

test.each(fixIds)('%s does what its example shows, and does not change clean data', id => {
  const { before, after } = (fixes[id] as Fix).example;
  const done = under(before, [id]);
  expect(done.after).toEqual(after);
  expect(under(after, [id]).changes).toEqual([]);
  expect(done.changes.every(({ fix }) => fix === id)).toBe(true);
});

test('fixes build on each other in their own order, and each change names its fix', () => {
  const profile = {
    kind: 'person',
    givenName: 'mr. jOSÃ‰',
    familyName: 'gARCÃA',
    name: 'mr. jOSÃ‰ gARCÃA',
    address: { line1: 'n/a', locality: ' Calle  Mayor\u200b', country: 'UK', postcode: 'sw1a1aa' },
  };
  const { patch, changes } = under(profile, [...fixIds].reverse());
  expect(patch).toMatchObject({
    givenName: 'José',
    address: { line1: null, locality: 'Calle Mayor', country: 'GB', postcode: 'SW1A 1AA' },
    attributes: { salutation: 'Mr' },
  });
  expect(patch).not.toHaveProperty('name');
  expect(fixCounts(changes)).toMatchObject({ placeholder: 1, 'country.code': 1, 'postcode.format': 1 });
});

test('fixes that guess do not change verified values', () => {
  const profile = { email: 'ada@gmial.com', address: { country: 'UK' } };
  const { changes } = under(profile, ['email.typo-domain', 'country.code'], ['email', 'address.country']);
  expect(changes.map(({ fix }) => fix)).toEqual(['country.code']);
});

describe('text', () => {
  test.each([
    ['JosÃ©', 'José'],
    ['donâ€™t', 'don’t'],
    ['MÃ¼ller', 'Müller'],
    ['José', 'José'],
    ['Ãsgard', 'Ãsgard'],
    ['東京', '東京'],
  ])('%s was meant as %s', (text, meant) => expect(fixEncoding(text)).toBe(meant));

  test.each([
    ['Tan &amp; Sons', 'Tan & Sons'],
    ['O&#39;Brien', "O'Brien"],
    ['&#x4F;K', 'OK'],
    ['AT&T; &unknown;', 'AT&T; &unknown;'],
    ['&#55296;', '&#55296;'],
  ])('%s stands for %s', (text, meant) => expect(decodeEntities(text)).toBe(meant));

  test('is normalised without losing its lines, or the joiners that scripts need', () => {
    expect(normaliseSpaces(' a \u00a0b\u0007 \n  c\ufeff ')).toBe('a b\nc');
    expect(normaliseSpaces('می\u200cخواهم')).toBe('می\u200cخواهم');
  });

  test.each(['n/a', 'N/A', '-', '---', 'xxx', 'Unknown', 'null', 'not available', 'tbd'])('%s is a placeholder', text =>
    expect(isPlaceholder(text)).toBe(true),
  );
  test.each(['NA', 'Noneville', 'Testa', 'Na', '1', 'X5'])('%s is not a placeholder', text =>
    expect(isPlaceholder(text)).toBe(false),
  );
});

describe('names', () => {
  test.each([
    ['Tan Wei Ming', 'Wei Ming', 'Tan'],
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    ['Tan, Ada', 'Ada', 'Tan'],
    ['Ada Tan', 'Ada', 'Tan'],
    ['Ludwig van der Berg', 'Ludwig', 'van der Berg'],
    ['Mary Ann Smith', 'Mary Ann', 'Smith'],
    ['Nguyen Van An', 'Van An', 'Nguyen'],
  ])('%s is %s of the family %s', (name, givenName, familyName) =>
    expect(nameParts(name)).toEqual({ givenName, familyName }),
  );

  test.each([
    'Ada',
    'Ahmad bin Ismail',
    'Lim Tan',
    'Unit 5 Motors',
    'Ada & Ben Tan',
    'Lim, Jr',
    'A B C D E F',
    'Tan, Ada, Ben',
  ])('%s is not taken apart', name => expect(nameParts(name)).toBeUndefined());

  test.each([
    ['aDA tAN', 'Ada Tan'],
    ['mCDONALD', 'McDonald'],
    ['McDonald', 'McDonald'],
    ['van der Berg', 'van der Berg'],
    ['O’bRIEN', 'O’bRIEN'],
    ['iPad', 'iPad'],
    ['LIM', 'Lim'],
    ['ada ng', 'Ada Ng'],
    ['ADA', 'Ada'],
    ['IBM', 'IBM'],
    ['J.P. MORGAN', 'J.P. Morgan'],
    ['JOHN SMITH III', 'John Smith III'],
    ['MCDONALD', 'McDonald'],
    ['LUDWIG VAN DER BERG', 'Ludwig van der Berg'],
    ['NGUYEN VAN AN', 'Nguyen Van An'],
    ['JEAN-PIERRE O’BRIEN', 'Jean-Pierre O’Brien'],
  ])('%s is written %s', (name, written) => expect(fixCase(name)).toBe(written));

  test('of an organisation in capitals is its own spelling', () =>
    expect(fixCase('ACME LTD', 'organisation')).toBe('ACME LTD'));

  test.each([
    ['John Smith Jr', 'John', 'Smith', 'Jr'],
    ['John Smith, Sr.', 'John', 'Smith', 'Sr.'],
    ['Smith, John III', 'John', 'Smith', 'III'],
  ])('%s is %s of the family %s, and %s', (name, givenName, familyName, suffix) =>
    expect(nameParts(name)).toEqual({ givenName, familyName, suffix }),
  );

  test('a salutation is distinguished from a name', () => {
    expect(withoutSalutation('MR TAN')).toEqual({ salutation: 'Mr', name: 'TAN' });
    expect(withoutSalutation('Mister')).toBeUndefined();
    expect(withoutSalutation('Msida Tan')).toBeUndefined();
  });

  test.each([
    'Orchid Motors Pte Ltd',
    'Orchid Motors Pte. Ltd.',
    'Bau GmbH & Co. KG',
    'Acme, Inc.',
    'Acme L.L.C.',
    'X Sdn Bhd',
  ])('%s is a company', name => expect(isCompanyName(name)).toBe(true));
  test.each(['Rosa Sá', 'Kim Co', 'Ltd', 'Incredible Hulk', 'Corp Ada'])('%s may not be one', name =>
    expect(isCompanyName(name)).toBe(false),
  );
});

test.each([
  ['ada@gmial.com', 'ada@gmail.com'],
  ['ada@yahooo.com', 'ada@yahoo.com'],
  ['ada@outlook.con', 'ada@outlook.com'],
  // the domain of another provider, or too similar to one
  ['ada@mail.com', undefined],
  ['ada@ymail.com', undefined],
  ['ada@love.com', undefined],
  ['ada@gmx.dk', undefined],
])('%s was meant as %s', (given, meant) => expect(likelyEmail(given)).toBe(meant));

test.each([
  ['0085-03-12', '1985-03-12'],
  ['0003-03-12', '2003-03-12'],
  ['2026-12-05', '2026-05-12'],
  ['1985-03-12', undefined],
  ['2027-12-31', undefined],
  ['1799-01-01', undefined],
])('the date of birth %s is impossible and corrected to %s', (date, meant) =>
  expect(likelyBirthday(date, now)).toBe(meant),
);
