import { seeded } from '../demo/generate/random.ts';
import { mistyped, type oneOf } from './crowd.ts';

/** One kind of search: the text typed for a customer of the crowd. */
export type Kind = {
  name: string;
  typed: (profile: ReturnType<typeof oneOf>, nth: number) => string | undefined;
  /** that person must be among those on the first page, in so many of a hundred */
  finds?: number;
};

const nameOf = ({ name, givenName, familyName }: ReturnType<typeof oneOf>) =>
  name ?? [givenName, familyName].filter(Boolean).join(' ');

const begun = (word: string) => word.slice(0, Math.max(2, Math.ceil(word.length / 2)));

const wordsOf = (name: string) => name.split(/[\s-]+/);

const slips = (count: number) => (profile: ReturnType<typeof oneOf>, nth: number) => {
  const name = nameOf(profile);
  return name.replace(/\W/g, '').length > 5 ? mistyped(name, count, seeded(nth + 7)) : undefined;
};

export const kinds: Kind[] = [
  { name: 'e-mail address', typed: ({ email }) => email, finds: 100 },
  {
    name: 'beginning of an address',
    typed: ({ kind, email }) => (kind === 'person' ? email?.split('@')[0] : undefined),
    finds: 99,
  },
  { name: 'domain', typed: ({ email }) => (email?.endsWith('gmail.com') ? undefined : email?.replace(/^[^@]*/, '')) },
  { name: 'phone as dialled', typed: ({ phone }) => phone?.replace(/^\+65(....)/, '$1 '), finds: 100 },
  { name: 'last 6 digits', typed: ({ phone }) => phone?.slice(-6), finds: 100 },
  { name: 'external id', typed: ({ externalId }) => externalId, finds: 100 },
  { name: 'identifier', typed: ({ identifiers }) => identifiers?.national, finds: 100 },
  { name: 'name', typed: nameOf },
  { name: 'words begun, last first', typed: one => wordsOf(nameOf(one)).map(begun).reverse().join(' ') },
  { name: 'family name alone', typed: ({ familyName }) => familyName },
  { name: 'name, one slip', typed: slips(1), finds: 95 },
  { name: 'name, two slips', typed: slips(2) },
  { name: 'no match', typed: (_, nth) => mistyped('zyxvutsr qponmlkj', 2, seeded(nth)) },
];
