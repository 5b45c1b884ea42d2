import { beheaded } from '../customers/normalise.ts';
import { nicknamesOf } from '../shared/similarity/nicknames.ts';
import { withoutLegalForm } from '../shared/similarity/organisation.ts';
import type { Reach } from '../shared/store/reach.ts';
import type { Reading } from './reading.ts';

/** Where those are looked for whose name or address was mistyped. */
export type Slip = { entry: 'name' | 'beheaded' | 'email'; value: string; as: Reach; limit: number };

const most = { near: 100, exact: 20 };

const name = (value: string, as: Reach, limit: number): Slip => ({ entry: 'name', value, as, limit });

const swapped = (word: string, at: number) => word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2);

const without = (word: string, at: number) => word.slice(0, at) + word.slice(at + 1);

/** the others are right, in the order of the name or the other way about, and the mistyped word begins right */
const besideRight = (words: string[]): Slip[] =>
  words.flatMap((word, at) => {
    const others = [...words.slice(at + 1), ...words.slice(0, at)];
    const orders = others.length === 2 ? [others, [...others].reverse()] : [others];
    // the longer beginning where the shorter has many
    const begun = new Set([word.slice(0, 1), word.slice(0, Math.ceil(word.length / 2))]);
    return orders.flatMap(order =>
      [...begun].map(beginning => name(`${order.join(' ')} ${beginning}`, 'prefix', most.near)),
    );
  });

/** the first letter is wrong, missing, one too many, or changed places with the next: of any word, or of all */
const wrongBeginnings = (words: string[]): Slip[] => {
  const spellings = (word: string) => [`_${word}`, without(word, 0), swapped(word, 0)];
  const all = [
    words,
    ...words.flatMap((word, at) => spellings(word).map(other => words.map((one, nth) => (nth === at ? other : one)))),
  ];
  const values = [...new Set(all.map(beheaded))].filter(Boolean);
  return values.map(value => ({ entry: 'beheaded', value, as: 'word', limit: most.near }));
};

/** a word alone begins right, or has a letter too many, or two that changed places */
const alone = (word: string): Slip[] => {
  const inner = Array.from({ length: Math.min(word.length, 16) - 1 }, (_, nth) => nth + 1);
  const spellings = new Set([
    ...inner.map(at => without(word, at)),
    ...inner.slice(0, -1).map(at => swapped(word, at)),
  ]);
  const { length } = word;
  const half = Math.ceil(length / 2);
  // where many begin with the shorter one, the longer one sees those that the slip comes late in
  const beginnings = new Set([2, half - 1, half, length - 2].map(letters => word.slice(0, Math.max(letters, 2))));
  return [
    ...[...beginnings].map(value => name(value, 'prefix', most.near)),
    ...[...spellings].map(value => name(value, 'word', most.exact)),
  ];
};

/** Bob is looked for as Robert too */
const otherForms = (words: string[]): Slip[] =>
  words.flatMap((word, at) =>
    nicknamesOf(word).flatMap(other => {
      const others = [...words.slice(at + 1), ...words.slice(0, at)];
      const orders = new Set([[other, ...others].join(' '), [...others, other].join(' ')]);
      return [...orders].map(value => name(value, 'word', most.exact));
    }),
  );

/** two words are mistyped, and the longest begins right */
const longestBegun = (words: string[]): Slip[] => {
  const [longest = ''] = [...words].sort((a, b) => b.length - a.length);
  return longest.length < shortestAlone
    ? []
    : [name(longest.slice(0, Math.ceil(longest.length / 2)), 'prefix', most.near)];
};

/** a long name is of a company, filed by its first four words: all after the mistyped one are right, and those before it */
const inARow = (words: string[]): Slip[] =>
  [0, 1, 2, 3].map(at => {
    const right = [...words.slice(at), ...words.slice(0, Math.max(0, at - 1))];
    return name((at ? right : words.slice(0, 3)).join(' '), 'word', most.near);
  });

/** `Private Limited` for `Pte Ltd` */
const withoutForm = (words: string[]): Slip[] => {
  const bare = withoutLegalForm(words.join(' '));
  return bare.length < words.join(' ').length ? [name(bare, 'word', most.exact)] : [];
};

const shortestAlone = 4;
const mostWords = 4;

const isWord = (word: string) => !/\d/.test(word);

const ofName = (words: string[]): Slip[] => {
  if (!words.some(isWord)) return [];
  if (words.length > mostWords) return [...inARow(words), ...withoutForm(words)];
  const [word = ''] = words;
  const one = words.length === 1 && word.length >= shortestAlone ? alone(word) : [];
  const many = words.length > 1 ? [...besideRight(words), ...longestBegun(words)] : [];
  return [...one, ...many, ...wrongBeginnings(words), ...otherForms(words), ...withoutForm(words)];
};

const ofEmail = (email: string): Slip[] => {
  const local = email.slice(0, email.lastIndexOf('@'));
  const values = [`${local}@`, local.slice(0, Math.ceil(local.length / 2))];
  return values
    .filter(value => value.length > 1)
    .map(value => ({ entry: 'email', value, as: 'prefix', limit: most.near }));
};

// signs such as 𠮷 are two halves, and nothing is filed under one of them
const isWhole = ({ value }: Slip) => value.isWellFormed();

export const slipsOf = ({ words, email }: Reading): Slip[] =>
  [...ofName(words), ...(email?.includes('@') ? ofEmail(email) : [])].filter(isWhole);
