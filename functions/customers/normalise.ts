import { searchable } from '../shared/text/search-form.ts';

// control characters, and those that change the direction of the text after them
const invisible = /[^\P{Cc}\s]|[\u202a-\u202e\u2066-\u2069]/gu;

/** A name without invisible characters, single-spaced, composed (NFC); its capitals stay as they were typed. */
export const normaliseName = (name: string) => name.normalize('NFC').replace(invisible, '').trim().replace(/\s+/g, ' ');

/** whether a text is another one but for its case, in small letters only or, where that one is in mixed case, in capitals */
export const losesCase = (text: unknown, other: unknown) => {
  if (typeof text !== 'string' || typeof other !== 'string' || text === other) return false;
  const [small, capitals] = [other.toLowerCase(), other.toUpperCase()];
  return text === small || (text === capitals && other !== small);
};

/** the searchable form without spaces, for numbers */
export const compact = (text: string) => searchable(text).replaceAll(' ', '');

// each of these counts as a word: such names are written without spaces, and their parts in either order
const signs = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?/gu;

export const nameWords = (name: string) => searchable(name).replace(signs, ' $& ').split(' ').filter(Boolean);

const truncated = (words: string[]) => words.join(' ').slice(0, 200).toWellFormed();

/** the words that a name is found by; an ordinary name has four at most, and costs no more */
export const mostTurns = 16;

/** the rotations of a name's words, so that it is found by any of the first ones */
export const turns = (name: string, most = 4) => {
  const words = nameWords(name);
  return words.slice(0, most).map((_, at) => truncated([...words.slice(at), ...words.slice(0, at)]));
};

/** the lookups of a name: its rotations, and of three words or more the first beside the last */
export const nameKeys = (name: string) => {
  const words = nameWords(name);
  const outer = words.length > 2 ? [truncated([words[0]!, words.at(-1)!, ...words.slice(1, -1)])] : [];
  return [...turns(name, mostTurns), ...outer];
};

const byLength = (a: string, b: string) => b.length - a.length || (a < b ? -1 : 1);

/** A name's words without their first letters, the longest first: the same for any typing error in a first letter. */
export const withoutFirstLetters = (words: string[]) =>
  truncated(words.flatMap(word => Array.from(word).slice(1).join('') || []).sort(byLength));

export const firstWord = (name: string) => name.split(' ', 1)[0] ?? '';

/** the least digits that a number's end is searched by */
export const shortestEnd = 4;

export const backwards = (text: string) => Array.from(text).reverse().join('');
