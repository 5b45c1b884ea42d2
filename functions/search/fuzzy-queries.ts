import { withoutFirstLetters } from '../customers/normalise.ts';
import { nicknamesOf } from '../shared/similarity/nicknames.ts';
import { withoutLegalForm } from '../shared/similarity/organisation.ts';
import type { Reach } from '../shared/store/reach.ts';
import type { ParsedQuery } from './parse-query.ts';

/** A range of entries that misspelt names or addresses may be in. */
type FuzzyQuery = { entry: 'name' | 'wordTails' | 'email'; value: string; as: Reach; limit: number };

const most = { near: 100, exact: 20 };

const nameQuery = (value: string, as: Reach, limit: number): FuzzyQuery => ({ entry: 'name', value, as, limit });

const swapped = (word: string, at: number) => word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2);

const without = (word: string, at: number) => word.slice(0, at) + word.slice(at + 1);

/** one word is misspelt after a correct beginning; the others are correct, in either order */
const oneWrongWord = (words: string[]): FuzzyQuery[] =>
  words.flatMap((word, at) => {
    const others = [...words.slice(at + 1), ...words.slice(0, at)];
    const orders = others.length === 2 ? [others, [...others].reverse()] : [others];
    // the longer prefix too, as the shorter may have too many entries
    const prefixes = new Set([word.slice(0, 1), word.slice(0, Math.ceil(word.length / 2))]);
    return orders.flatMap(order =>
      [...prefixes].map(prefix => nameQuery(`${order.join(' ')} ${prefix}`, 'prefix', most.near)),
    );
  });

/** the first letter of a word, or of all, is wrong, missing, extra, or swapped with the next */
const wrongFirstLetters = (words: string[]): FuzzyQuery[] => {
  const spellings = (word: string) => [`_${word}`, without(word, 0), swapped(word, 0)];
  const all = [
    words,
    ...words.flatMap((word, at) => spellings(word).map(other => words.map((one, nth) => (nth === at ? other : one)))),
  ];
  const values = [...new Set(all.map(withoutFirstLetters))].filter(Boolean);
  return values.map(value => ({ entry: 'wordTails', value, as: 'word', limit: most.near }));
};

/** a single word has a correct beginning, an extra letter, or two swapped ones */
const singleWord = (word: string): FuzzyQuery[] => {
  const inner = Array.from({ length: Math.min(word.length, 16) - 1 }, (_, nth) => nth + 1);
  const spellings = new Set([
    ...inner.map(at => without(word, at)),
    ...inner.slice(0, -1).map(at => swapped(word, at)),
  ]);
  const { length } = word;
  const half = Math.ceil(length / 2);
  const beginnings = new Set([2, half - 1, half, length - 2].map(letters => word.slice(0, Math.max(letters, 2))));
  return [
    ...[...beginnings].map(value => nameQuery(value, 'prefix', most.near)),
    ...[...spellings].map(value => nameQuery(value, 'word', most.exact)),
  ];
};

const nicknameForms = (words: string[]): FuzzyQuery[] =>
  words.flatMap((word, at) =>
    nicknamesOf(word).flatMap(other => {
      const others = [...words.slice(at + 1), ...words.slice(0, at)];
      const orders = new Set([[other, ...others].join(' '), [...others, other].join(' ')]);
      return [...orders].map(value => nameQuery(value, 'word', most.exact));
    }),
  );

const longestPrefix = (words: string[]): FuzzyQuery[] => {
  const [longest = ''] = [...words].sort((a, b) => b.length - a.length);
  return longest.length < shortestAlone
    ? []
    : [nameQuery(longest.slice(0, Math.ceil(longest.length / 2)), 'prefix', most.near)];
};

/** long names belong to companies and are indexed by their first four words: one of these is misspelt */
const longName = (words: string[]): FuzzyQuery[] =>
  [0, 1, 2, 3].map(at => {
    const right = [...words.slice(at), ...words.slice(0, Math.max(0, at - 1))];
    return nameQuery((at ? right : words.slice(0, 3)).join(' '), 'word', most.near);
  });

const withoutLegalFormOf = (words: string[]): FuzzyQuery[] => {
  const bare = withoutLegalForm(words.join(' '));
  return bare.length < words.join(' ').length ? [nameQuery(bare, 'word', most.exact)] : [];
};

const shortestAlone = 4;
const mostWords = 4;

const isWord = (word: string) => !/\d/.test(word);

const nameQueries = (words: string[]): FuzzyQuery[] => {
  if (!words.some(isWord)) return [];
  if (words.length > mostWords) return [...longName(words), ...withoutLegalFormOf(words)];
  const [word = ''] = words;
  const one = words.length === 1 && word.length >= shortestAlone ? singleWord(word) : [];
  const many = words.length > 1 ? [...oneWrongWord(words), ...longestPrefix(words)] : [];
  return [...one, ...many, ...wrongFirstLetters(words), ...nicknameForms(words), ...withoutLegalFormOf(words)];
};

const emailQueries = (email: string): FuzzyQuery[] => {
  const local = email.slice(0, email.lastIndexOf('@'));
  const values = [`${local}@`, local.slice(0, Math.ceil(local.length / 2))];
  return values
    .filter(value => value.length > 1)
    .map(value => ({ entry: 'email', value, as: 'prefix', limit: most.near }));
};

// half a surrogate pair, such as of 𠮷, is never indexed
const isWhole = ({ value }: FuzzyQuery) => value.isWellFormed();

export const fuzzyQueries = ({ words, email }: ParsedQuery): FuzzyQuery[] =>
  [...nameQueries(words), ...(email?.includes('@') ? emailQueries(email) : [])].filter(isWhole);
