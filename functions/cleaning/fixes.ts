import { isDeepStrictEqual } from 'node:util';
import { typed } from '../customers/attributes/typed.ts';
import { displayName, type Profile } from '../customers/customer.ts';
import { normalisePhone } from '../customers/phone.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import { isEmail, normaliseEmail } from '../shared/text/email.ts';
import { dateOf } from '../shared/time/parse-date.ts';
import { isCompanyName } from './company-name.ts';
import { countryOf } from './country.ts';
import { likelyBirthday } from './dates.ts';
import { likelyEmail } from './likely-email.ts';
import { nameParts, rightlyCased, withoutSalutation } from './person-name.ts';
import { normalisePostcode } from './postcode.ts';
import { isPlaceholder, rightlyDecoded, tidied, unescaped } from './text-repairs.ts';
import { everywhere, rewriting } from './texts.ts';

type Json = Record<string, unknown>;

/** what beyond the profile a fix goes by */
export type By = { now: string; settings: Pick<CustomerSettings, 'definitions'> };

export type Fix = {
  /** one sentence: what it does */
  does: string;
  /** what of a profile it changes, and how; a test does it */
  example: { before: Json; after: Json };
  /** it may be wrong about somebody: look at a preview first */
  guesses?: true;
  /** a merge patch; empty where there is nothing to fix */
  of: (profile: Profile, by: By) => Json;
};

const names = ['givenName', 'familyName', 'name'] as const;

const textOf = (value: string | undefined, becomes: string | undefined, field: string): Json =>
  value === undefined || becomes === undefined || becomes === value ? {} : { [field]: becomes };

const attributesNamed = (profile: Profile, named: RegExp, becomes: (text: string) => string | undefined) =>
  rewriting(profile, ['attributes'], (text, name) => (named.test(name) ? (becomes(text) ?? text) : text));

const ofAddress = (part: string, value: string | undefined, becomes: string | undefined): Json =>
  value === undefined || becomes === undefined || becomes === value ? {} : { address: { [part]: becomes } };

const splitName: Fix['of'] = ({ kind, name, givenName, familyName }) => {
  const parts = kind === 'person' && name && !givenName && !familyName ? nameParts(name) : undefined;
  return parts ?? {};
};

const toOrganisation: Fix['of'] = profile => {
  const { kind, dateOfBirth, givenName, familyName } = profile;
  const name = displayName(profile);
  if (kind === 'organisation' || dateOfBirth || !isCompanyName(name)) return {};
  return {
    kind: 'organisation',
    name,
    ...(givenName ? { givenName: null } : {}),
    ...(familyName ? { familyName: null } : {}),
  };
};

const salutationOff: Fix['of'] = ({ kind, attributes, ...profile }) => {
  if (kind === 'organisation') return {};
  const patch: Json = {};
  for (const field of names) {
    const found = withoutSalutation(profile[field] ?? '');
    if (!found || field === 'familyName') continue;
    patch[field] = found.name;
    if (attributes?.salutation === undefined) patch.attributes = { salutation: found.salutation };
  }
  return patch;
};

const unambiguousDate = (text: string) => {
  const [dmy, mdy] = [dateOf(text, 'dmy'), dateOf(text, 'mdy')];
  return dmy === mdy && !/\d:\d/.test(text) ? dmy : undefined;
};

/** attributes of the company's own in the types they were declared with, maybe after they were written */
const asDeclared: Fix['of'] = ({ attributes = {}, address }, { settings }) => {
  const patch: Json = {};
  for (const definition of settings.definitions) {
    const [, name = ''] = /^attributes\.(.+)$/.exec(definition.attribute) ?? [];
    const value = attributes[name];
    if (value === undefined || value === null) continue;
    const read = typed(definition, value, address?.country);
    if ('value' in read && !isDeepStrictEqual(read.value, value)) patch[name] = read.value;
  }
  return Object.keys(patch).length ? { attributes: patch } : {};
};

/** Every way to clean a record, by the name that it is asked for; done in this order, however they are asked. */
export const fixes = {
  'text.decoding': {
    does: 'sets right text that was read in the wrong encoding once',
    example: { before: { givenName: 'JosÃ©' }, after: { givenName: 'José' } },
    of: profile => rewriting(profile, everywhere, rightlyDecoded),
  },
  'text.entities': {
    does: 'turns HTML’s &amp; and its like into the characters they stand for',
    example: { before: { name: 'Tan &amp; Sons' }, after: { name: 'Tan & Sons' } },
    of: profile => rewriting(profile, everywhere, unescaped),
  },
  whitespace: {
    does: 'leaves one space between words, none around them, and nothing that cannot be seen',
    example: { before: { address: { line1: '1  Marina\u00a0Way ' } }, after: { address: { line1: '1 Marina Way' } } },
    of: profile => rewriting(profile, everywhere, tidied),
  },
  placeholder: {
    does: 'removes what stands for nothing in addresses and attributes: n/a, none, unknown, -, xxx',
    example: { before: { attributes: { size: 'n/a', tier: 'gold' } }, after: { attributes: { tier: 'gold' } } },
    of: profile => rewriting(profile, ['address', 'attributes'], text => (isPlaceholder(text) ? null : text)),
  },
  'name.salutation': {
    does: 'takes Mr, Ms, Mdm … off a name; it is kept as attributes.salutation',
    example: {
      before: { givenName: 'Mdm. Ada', familyName: 'Tan' },
      after: { givenName: 'Ada', familyName: 'Tan', attributes: { salutation: 'Mdm' } },
    },
    of: salutationOff,
  },
  'name.case': {
    does: 'sets right words of a name that were written with the capitals lock on',
    example: { before: { familyName: 'tAN' }, after: { familyName: 'Tan' } },
    of: profile => rewriting(profile, names, rightlyCased),
  },
  'kind.organisation': {
    does: 'makes an organisation of a person whose name ends like a company’s: Pte Ltd, GmbH, LLC',
    example: {
      before: { kind: 'person', givenName: 'Orchid Motors', familyName: 'Pte Ltd' },
      after: { kind: 'organisation', name: 'Orchid Motors Pte Ltd' },
    },
    guesses: true,
    of: toOrganisation,
  },
  'name.split': {
    does: 'takes a person’s whole name apart where its parts are missing; the whole name stays as it is',
    example: {
      before: { kind: 'person', name: 'Tan Wei Ming' },
      after: { kind: 'person', name: 'Tan Wei Ming', givenName: 'Wei Ming', familyName: 'Tan' },
    },
    guesses: true,
    of: splitName,
  },
  'email.normalise': {
    does: 'writes e-mail addresses in lower case as the net knows them, in attributes named for one too',
    example: {
      before: { attributes: { workEmail: ' Ada@Bücher.example' } },
      after: { attributes: { workEmail: 'ada@xn--bcher-kva.example' } },
    },
    of: profile => ({
      ...textOf(profile.email, profile.email && normaliseEmail(profile.email), 'email'),
      ...attributesNamed(profile, /e-?mail$/i, text => {
        const email = normaliseEmail(text);
        return isEmail(email) ? email : undefined;
      }),
    }),
  },
  'email.typo-domain': {
    does: 'sets right a well-known mail domain with one slip of the keys',
    example: { before: { email: 'ada@gmial.com' }, after: { email: 'ada@gmail.com' } },
    guesses: true,
    of: ({ email }) => textOf(email, email && likelyEmail(email), 'email'),
  },
  'country.code': {
    does: 'writes the country of an address as its ISO 3166-1 code',
    example: { before: { address: { country: 'UK' } }, after: { address: { country: 'GB' } } },
    of: ({ address }) => ofAddress('country', address?.country, countryOf(address?.country ?? '')),
  },
  'postcode.format': {
    does: 'writes a postcode as its country does',
    example: {
      before: { address: { country: 'GB', postcode: 'sw1a1aa' } },
      after: { address: { country: 'GB', postcode: 'SW1A 1AA' } },
    },
    of: ({ address }) =>
      ofAddress('postcode', address?.postcode, normalisePostcode(address?.postcode ?? '', address?.country)),
  },
  'phone.e164': {
    does: 'writes phone numbers in E.164, in attributes named for one too, by the country of the address',
    example: {
      before: { address: { country: 'SG' }, attributes: { workPhone: '6123 4567' } },
      after: { address: { country: 'SG' }, attributes: { workPhone: '+6561234567' } },
    },
    of: profile => {
      const country = profile.address?.country;
      const number = (text: string) => normalisePhone(text, country);
      return {
        ...textOf(profile.phone, profile.phone && number(profile.phone), 'phone'),
        ...attributesNamed(profile, /(?:phone|mobile|fax|tel)$/i, number),
      };
    },
  },
  'date.iso': {
    does: 'writes dates in attributes named for one as YYYY-MM-DD, where it is sure which is the day',
    example: {
      before: { attributes: { renewalDate: '31/12/2026' } },
      after: { attributes: { renewalDate: '2026-12-31' } },
    },
    of: profile => attributesNamed(profile, /(?:date|day)$/i, unambiguousDate),
  },
  'attributes.declared': {
    does: 'writes attributes of your own in the types that they are declared with: numbers, truth values, one of a list',
    example: { before: { attributes: { size: '42' } }, after: { attributes: { size: 42 } } },
    of: asDeclared,
  },
  'date.swap': {
    does: 'sets right a date of birth that nobody living has: day and month swapped, or its century lost',
    example: { before: { dateOfBirth: '0085-03-12' }, after: { dateOfBirth: '1985-03-12' } },
    guesses: true,
    of: ({ dateOfBirth }, { now }) =>
      textOf(dateOfBirth, dateOfBirth && likelyBirthday(dateOfBirth, now), 'dateOfBirth'),
  },
} as const satisfies Record<string, Fix>;

export type FixId = keyof typeof fixes;

export const fixIds = Object.keys(fixes) as FixId[];
