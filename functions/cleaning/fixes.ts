import { isDeepStrictEqual } from 'node:util';
import { parseTyped } from '../customers/attributes/typed-values.ts';
import { displayName, type Profile } from '../customers/customer.ts';
import { normalisePhone } from '../customers/phone.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import { isEmail, normaliseEmail } from '../shared/text/email.ts';
import { dateOf } from '../shared/time/parse-date.ts';
import { countryOf, normalisePostcode } from './addresses.ts';
import { likelyBirthday } from './dates.ts';
import { likelyEmail } from './email-typos.ts';
import type { FixId } from './fix-ids.ts';
import { fixCase, isCompanyName, type NameParts, nameParts, withoutSalutation } from './names.ts';
import { allTexts, decodeEntities, fixEncoding, isPlaceholder, normaliseSpaces, rewrite } from './texts.ts';

type Json = Record<string, unknown>;

export type FixContext = { now: string; settings: Pick<CustomerSettings, 'definitions' | 'defaultCountry'> };

export type Fix = {
  does: string;
  example: { before: Json; after: Json };
  guesses?: true;
  of: (profile: Profile, context: FixContext) => Json;
};

const names = ['givenName', 'familyName', 'name'] as const;

const changed = (value: string | undefined, to: string | undefined, field: string): Json =>
  value === undefined || to === undefined || to === value ? {} : { [field]: to };

const attributesNamed = (profile: Profile, named: RegExp, becomes: (text: string) => string | undefined) =>
  rewrite(profile, ['attributes'], (text, name) => (named.test(name) ? (becomes(text) ?? text) : text));

const changedAddress = (part: string, value: string | undefined, to: string | undefined): Json => {
  const address = changed(value, to, part);
  return part in address ? { address } : {};
};

const splitName: Fix['of'] = ({ kind, name, givenName, familyName, attributes }) => {
  const { suffix, ...parts }: Partial<NameParts> =
    (kind === 'person' && name && !givenName && !familyName && nameParts(name)) || {};
  return { ...parts, ...(suffix && attributes?.suffix === undefined ? { attributes: { suffix } } : {}) };
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

/** custom attributes in their defined types, which may be newer than the values */
const toDefinedTypes: Fix['of'] = ({ attributes = {}, address }, { settings }) => {
  const patch: Json = {};
  for (const definition of settings.definitions) {
    const [, name = ''] = /^attributes\.(.+)$/.exec(definition.attribute) ?? [];
    const value = attributes[name];
    if (value === undefined || value === null) continue;
    const read = parseTyped(definition, value, { country: address?.country });
    if ('value' in read && !isDeepStrictEqual(read.value, value)) patch[name] = read.value;
  }
  return Object.keys(patch).length ? { attributes: patch } : {};
};

export const fixes: Record<FixId, Fix> = {
  'text.decoding': {
    does: 'corrects text that was decoded with the wrong encoding',
    example: { before: { givenName: 'JosÃ©' }, after: { givenName: 'José' } },
    of: profile => rewrite(profile, allTexts, fixEncoding),
  },
  'text.entities': {
    does: 'decodes HTML entities such as &amp;',
    example: { before: { name: 'Tan &amp; Sons' }, after: { name: 'Tan & Sons' } },
    of: profile => rewrite(profile, allTexts, decodeEntities),
  },
  whitespace: {
    does: 'reduces spaces to one between words and removes invisible characters',
    example: { before: { address: { line1: '1  Marina\u00a0Way ' } }, after: { address: { line1: '1 Marina Way' } } },
    of: profile => rewrite(profile, allTexts, normaliseSpaces),
  },
  placeholder: {
    does: 'removes placeholders from addresses and attributes: n/a, none, unknown, -, xxx',
    example: { before: { attributes: { size: 'n/a', tier: 'gold' } }, after: { attributes: { tier: 'gold' } } },
    of: profile => rewrite(profile, ['address', 'attributes'], text => (isPlaceholder(text) ? null : text)),
  },
  'name.salutation': {
    does: 'moves Mr, Ms, Mdm … from a name to attributes.salutation',
    example: {
      before: { givenName: 'Mdm. Ada', familyName: 'Tan' },
      after: { givenName: 'Ada', familyName: 'Tan', attributes: { salutation: 'Mdm' } },
    },
    of: salutationOff,
  },
  'name.case': {
    does: 'corrects words of a name that were typed with caps lock on, and names of persons in capitals or small letters only',
    example: { before: { familyName: 'tAN' }, after: { familyName: 'Tan' } },
    of: profile => rewrite(profile, names, text => fixCase(text, profile.kind)),
  },
  'kind.organisation': {
    does: 'changes a person with a name that ends with a legal form (Pte Ltd, GmbH, LLC) to an organisation',
    example: {
      before: { kind: 'person', givenName: 'Orchid Motors', familyName: 'Pte Ltd' },
      after: { kind: 'organisation', name: 'Orchid Motors Pte Ltd' },
    },
    guesses: true,
    of: toOrganisation,
  },
  'name.split': {
    does: 'splits a person’s whole name if its parts are missing, and a suffix such as Jr off; the whole name stays',
    example: {
      before: { kind: 'person', name: 'Tan Wei Ming' },
      after: { kind: 'person', name: 'Tan Wei Ming', givenName: 'Wei Ming', familyName: 'Tan' },
    },
    guesses: true,
    of: splitName,
  },
  'email.normalise': {
    does: 'normalises e-mail addresses, also in attributes with a name that ends with email',
    example: {
      before: { attributes: { workEmail: ' Ada@Bücher.example' } },
      after: { attributes: { workEmail: 'ada@xn--bcher-kva.example' } },
    },
    of: profile => ({
      ...changed(profile.email, profile.email && normaliseEmail(profile.email), 'email'),
      ...attributesNamed(profile, /e-?mail$/i, text => {
        const email = normaliseEmail(text);
        return isEmail(email) ? email : undefined;
      }),
    }),
  },
  'email.typo-domain': {
    does: 'corrects a well-known e-mail domain with one typing error',
    example: { before: { email: 'ada@gmial.com' }, after: { email: 'ada@gmail.com' } },
    guesses: true,
    of: ({ email }) => changed(email, email && likelyEmail(email), 'email'),
  },
  'country.code': {
    does: 'replaces the country of an address with its ISO 3166-1 code',
    example: { before: { address: { country: 'UK' } }, after: { address: { country: 'GB' } } },
    of: ({ address }) => changedAddress('country', address?.country, countryOf(address?.country ?? '')),
  },
  'postcode.format': {
    does: 'formats a postcode by the rules of its country',
    example: {
      before: { address: { country: 'GB', postcode: 'sw1a1aa' } },
      after: { address: { country: 'GB', postcode: 'SW1A 1AA' } },
    },
    of: ({ address }) =>
      changedAddress('postcode', address?.postcode, normalisePostcode(address?.postcode ?? '', address?.country)),
  },
  'phone.e164': {
    does: 'formats phone numbers in E.164 by the country of the address, else the default one, also in attributes named phone, mobile, fax or tel',
    example: {
      before: { address: { country: 'SG' }, attributes: { workPhone: '6123 4567' } },
      after: { address: { country: 'SG' }, attributes: { workPhone: '+6561234567' } },
    },
    of: (profile, { settings }) => {
      const country = profile.address?.country ?? settings.defaultCountry;
      const number = (text: string) => normalisePhone(text, country);
      return {
        ...changed(profile.phone, profile.phone && number(profile.phone), 'phone'),
        ...attributesNamed(profile, /(?:phone|mobile|fax|tel)$/i, number),
      };
    },
  },
  'date.iso': {
    does: 'formats unambiguous dates as YYYY-MM-DD in attributes with a name that ends with date or day',
    example: {
      before: { attributes: { renewalDate: '31/12/2026' } },
      after: { attributes: { renewalDate: '2026-12-31' } },
    },
    of: profile => attributesNamed(profile, /(?:date|day)$/i, unambiguousDate),
  },
  'attributes.declared': {
    does: 'converts custom attributes to their defined types: numbers, booleans, allowed values',
    example: { before: { attributes: { size: '42' } }, after: { attributes: { size: 42 } } },
    of: toDefinedTypes,
  },
  'date.swap': {
    does: 'corrects an impossible date of birth: day and month swapped, or the century lost',
    example: { before: { dateOfBirth: '0085-03-12' }, after: { dateOfBirth: '1985-03-12' } },
    guesses: true,
    of: ({ dateOfBirth }, { now }) =>
      changed(dateOfBirth, dateOfBirth && likelyBirthday(dateOfBirth, now), 'dateOfBirth'),
  },
};
