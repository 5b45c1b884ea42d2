import { febrl, type Line } from './people.ts';
import { seeded } from './rules.ts';

type Random = () => number;

const below = (random: Random, limit: number) => Math.floor(random() * limit);
const oneOf = <T>(random: Random, all: readonly T[]): T => all[below(random, all.length)]!;

const keyboard = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'];

/** confusions of hearing and of character recognition */
const sounds = [
  'ph f',
  'c k',
  'ck k',
  'y i',
  'ie y',
  'ee ea',
  'z s',
  'ou u',
  'gh g',
  'mm m',
  'll l',
  'nn n',
  'tt t',
  'x ks',
];
const shapes = ['o 0', 'l 1', 'i 1', 's 5', 'b 8', 'g 9', 'z 2', 'm rn', 'd cl', 'w vv', '6 b', 'e c', 'h n', 'u v'];

const beside = (random: Random, letter: string) => {
  const row = keyboard.find(keys => keys.includes(letter));
  if (!row) return letter;
  const at = row.indexOf(letter);
  return row[at + (random() < 0.5 && at > 0 ? -1 : 1)] ?? row[at - 1] ?? letter;
};

const replaced = (random: Random, text: string, pairs: string[]) => {
  const turned = pairs.flatMap(pair => {
    const [a = '', b = ''] = pair.split(' ');
    return [
      [a, b],
      [b, a],
    ] as const;
  });
  const fit = turned.filter(([from]) => text.includes(from));
  if (!fit.length) return undefined;
  const [from, to] = oneOf(random, fit);
  return text.replace(from, to);
};

type Slip = (random: Random, text: string) => string | undefined;

const typing: Slip = (random, text) => {
  const at = below(random, text.length);
  const [head, tail] = [text.slice(0, at), text.slice(at + 1)];
  const [letter = '', after = ''] = [text[at], tail[0]];
  const how = below(random, 4);
  if (how === 0) return head + letter + beside(random, letter) + tail;
  if (how === 1) return head + tail;
  if (how === 2) return head + beside(random, letter) + tail;
  return after ? head + after + letter + tail.slice(1) : undefined;
};

const hearing: Slip = (random, text) => replaced(random, text, sounds);
const reading: Slip = (random, text) => replaced(random, text, shapes);
const spacing: Slip = (random, text) => {
  if (text.includes(' ')) return random() < 0.5 ? text.replace(' ', '') : text.split(' ').reverse().join(' ');
  const at = 1 + below(random, text.length - 1);
  return text.length > 4 ? `${text.slice(0, at)} ${text.slice(at)}` : undefined;
};

type Field = Exclude<keyof Line, 'rec_id'>;

/** how often each field is the one that goes wrong, and what goes wrong with it */
const faults: [field: Field, weight: number, slips: Slip[]][] = [
  ['given_name', 12, [typing, typing, hearing, reading]],
  ['surname', 16, [typing, typing, hearing, reading, spacing]],
  ['street_number', 8, [typing, reading]],
  ['address_1', 15, [typing, typing, hearing, reading, spacing]],
  ['address_2', 12, [typing, typing, hearing, reading, spacing]],
  ['suburb', 12, [typing, typing, hearing, reading, spacing]],
  ['postcode', 7, [typing]],
  ['state', 4, [typing]],
  ['date_of_birth', 8, [typing]],
  ['soc_sec_id', 6, [typing]],
];

const weights = faults.reduce((sum, [, weight]) => sum + weight, 0);

const anyFault = (random: Random) => {
  let left = random() * weights;
  for (const one of faults) {
    left -= one[1];
    if (left < 0) return one;
  }
  return faults[0]!;
};

const exchanged = (line: Line, a: Field, b: Field): Line => ({ ...line, [a]: line[b], [b]: line[a] });

const fault = (random: Random, line: Line, lines: Line[]): Line => {
  const kind = random();
  if (kind < 0.03) return exchanged(line, 'given_name', 'surname');
  if (kind < 0.06) return exchanged(line, 'address_1', 'address_2');
  const [field, , slips] = anyFault(random);
  const text = line[field];
  if (kind < 0.2) return { ...line, [field]: '' };
  if (kind < 0.26) return { ...line, [field]: oneOf(random, lines)[field] };
  return text ? { ...line, [field]: oneOf(random, slips)(random, text) ?? text } : line;
};

export type Dirt = {
  people: number;
  /** further records of people in all, and at most of one of them */
  further: number;
  most: number;
  /** faults of a further record at most */
  faults: number;
  seed: number;
};

const date = (random: Random) => {
  const day = new Date(Date.UTC(1920, 0, 1) + below(random, 90 * 365) * 86_400_000);
  return day.toISOString().slice(0, 10).replaceAll('-', '');
};

const digits = (random: Random, count: number) => Array.from({ length: count }, () => below(random, 10)).join('');

/** an invented person with values as frequent as in data set 2 of FEBRL, some of them missing */
const person = (random: Random, nth: number, lines: Line[]): Line => {
  const [home, names, family] = [oneOf(random, lines), oneOf(random, lines), oneOf(random, lines)];
  const street = oneOf(random, lines);
  const known = (text: string) => (random() < 0.04 ? '' : text);
  return {
    rec_id: `rec-${nth}-org`,
    given_name: known(names.given_name),
    surname: known(family.surname),
    street_number: known(String(1 + Math.floor(200 * random() ** 2))),
    address_1: known(street.address_1),
    address_2: known(oneOf(random, lines).address_2),
    suburb: known(home.suburb),
    postcode: home.postcode,
    state: known(home.state),
    date_of_birth: known(date(random)),
    soc_sec_id: digits(random, 7),
  };
};

/**
 * Records of people as FEBRL makes them - some several times, with slips of hand, ear and machine, values missing or in each
 * other's place - but of other people and by another hand than the data that the rules were made with.
 */
export const dirty = ({ people, further, most, faults: many, seed }: Dirt): Line[] => {
  const random = seeded(seed);
  const source = febrl(2).filter(({ rec_id }) => rec_id.endsWith('org'));
  const all = Array.from({ length: people }, (_, nth) => person(random, nth, source));
  const counts = new Map<number, number>();
  const copies: Line[] = [];
  while (copies.length < further) {
    const nth = below(random, people);
    const had = counts.get(nth) ?? 0;
    if (had >= most) continue;
    counts.set(nth, had + 1);
    let line: Line = { ...all[nth]!, rec_id: `rec-${nth}-dup-${had}` };
    const wrong = 1 + below(random, many);
    for (let one = 0; one < wrong; one++) line = fault(random, line, source);
    copies.push(line);
  }
  // in no order
  return [...all, ...copies]
    .map(line => ({ line, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);
};
