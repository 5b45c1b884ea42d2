import { nameOf } from '../demo/generate/names.ts';
import { type Random, seeded } from '../demo/generate/random.ts';
import { Profile } from '../functions/customers/customer.ts';
import { newCustomerFrom } from '../functions/customers/profile.ts';
import type { CustomerSettings } from '../functions/customers/settings.ts';
import { febrl, type Line } from './people.ts';

const trades = 'Motors Trading Logistics Foods Textiles Engineering Media Travel Marine Electric'.split(' ');
const forms = ['Pte Ltd', 'Sdn Bhd', 'GmbH', 'Inc', 'LLC'];

let read: Line[] | undefined;
const lines = () => {
  read ??= febrl(2);
  return read;
};

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** as many names of Singapore as of Australia: few that many share, and many that few share */
const personal = (random: Random) => {
  if (random.chance(0.5)) {
    const { given, family } = nameOf(random);
    return { givenName: given, familyName: family };
  }
  const [given, family] = [random.pick(lines()).given_name, random.pick(lines()).surname];
  return { givenName: capital(given || 'Kim'), familyName: capital(family || 'Smith') };
};

const word = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '');

const person = (random: Random, nth: number) => {
  const names = personal(random);
  const [given, family] = [word(names.givenName), word(names.familyName)];
  const domain = random.chance(0.7) ? 'gmail.com' : `${family || 'x'}-${nth % 500}.example`;
  return {
    kind: 'person' as const,
    ...names,
    email: `${given}.${family}${nth}@${domain}`,
    ...(random.chance(0.2) ? { identifiers: { national: `S${String(nth).padStart(7, '0')}D` } } : {}),
  };
};

const company = (random: Random, nth: number) => {
  const name = `${nameOf(random).family} ${random.pick(lines()).suburb} ${random.pick(trades)} ${random.pick(forms)}`;
  return { kind: 'organisation' as const, name, email: `office@c${nth}.example` };
};

/** the nth of a crowd that is the same every time, whatever its size */
export const oneOf = (nth: number): Profile => {
  const random = seeded(nth + 1);
  const profile = random.chance(0.1) ? company(random, nth) : person(random, nth);
  const phone = `+659${String((nth * 7_919) % 10_000_000).padStart(7, '0')}`;
  return Profile.parse({ ...profile, phone, externalId: `crowd-${nth}` });
};

/** the crowd from one number up to another, as the product creates customers */
export const crowd = (now: string, settings: CustomerSettings, { from, to }: { from: number; to: number }) =>
  Array.from({ length: to - from }, (_, nth) => newCustomerFrom(now, oneOf(from + nth), { source: 'bench', settings }));

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** a slip of the pen anywhere in a word: a letter too many, too few, another one, or two that changed places */
const slipped = (text: string, random: Random): string => {
  const at = random.int(0, text.length - 1);
  const letter = random.pick(Array.from(letters));
  const swapped = text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2);
  const found = random.pick([
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at + 1),
    swapped,
  ]);
  return found === text || !found ? slipped(text, random) : found;
};

/** a name with so many slips in words of it, each in another word where there are enough */
export const mistyped = (name: string, slips: number, random: Random) => {
  const words = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}|['’]/gu, '')
    .split(/[\s-]+/);
  const touched = random.shuffled(words.map((_, nth) => nth).filter(nth => words[nth]!.length > 1)).slice(0, slips);
  return words.map((one, nth) => (touched.includes(nth) ? slipped(one, random) : one)).join(' ');
};
