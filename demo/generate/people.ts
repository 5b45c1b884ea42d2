import { nameOf } from './names.ts';
import { placeOf } from './places.ts';
import type { Random } from './random.ts';

/** a person with true data; every source has less of it, or with errors */
export type Person = ReturnType<typeof personOf>;

const domains = ['example.com', 'example.net', 'example.org', 'mail.example', 'post.example'] as const;

const ascii = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[đĐ]/g, 'd')
    .replace(/ß/g, 'ss')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

const addressOf = (random: Random, { given, family }: { given: string; family: string }, nth: number) => {
  const [one, other] = [ascii(given), ascii(family)];
  const local = random.pick([`${one}.${other}`, `${other}.${one}`, `${one}${other}`, `${one.slice(0, 1)}.${other}`]);
  return `${local}${nth}@${random.pick(domains)}`;
};

const date = (random: Random, from: number, to: number) =>
  `${random.int(from, to)}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;

/** the `nth` person */
export const personOf = (random: Random, nth: number) => {
  const named = nameOf(random);
  return {
    nth,
    ...named,
    ...placeOf(random, named.country),
    email: addressOf(random, named, nth),
    born: date(random, 1950, 2005),
    userId: `u-${10_000 + nth * 7}`,
    anonymousId: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
  };
};
