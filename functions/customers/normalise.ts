import { searchable } from '../shared/text/search-form.ts';

const particles = /(^|[\s'’-])(\p{L})/gu;

// control characters, and those that turn the direction of all that is shown after them
const unseen = /[^\P{Cc}\s]|[\u202a-\u202e\u2066-\u2069]/gu;

/** A name as people write it: without what nobody sees; one space between words, composed letters; all-capital and all-small names get their capitals. */
export const normaliseName = (name: string) => {
  const tidy = name.normalize('NFC').replace(unseen, '').trim().replace(/\s+/g, ' ');
  const oneCase = tidy === tidy.toUpperCase() || tidy === tidy.toLowerCase();
  if (!oneCase || tidy.length < 3) return tidy;
  return tidy.toLowerCase().replace(particles, (_, before: string, letter: string) => before + letter.toUpperCase());
};

/** the same without spaces, for numbers that are written with and without */
export const compact = (text: string) => searchable(text).replaceAll(' ', '');

// each of these is a word's worth: names are written without spaces, and their parts in either order
const signs = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?/gu;

/** the words of a name as it is searched by */
export const nameWords = (name: string) => searchable(name).replace(signs, ' $& ').split(' ').filter(Boolean);

const filed = (words: string[]) => words.join(' ').slice(0, 200).toWellFormed();

/** a longer name is not found by all its words */
export const mostTurns = 4;

/** a name beginning at each of its first words, so that any of them can be searched for */
export const turns = (name: string, most = mostTurns) => {
  const words = nameWords(name);
  return words.slice(0, most).map((_, at) => filed([...words.slice(at), ...words.slice(0, at)]));
};

/** all by which a name is looked up: its turns, and of three words or more the first and the last side by side */
export const nameKeys = (name: string) => {
  const words = nameWords(name);
  const outer = words.length > 2 ? [filed([words[0]!, words.at(-1)!, ...words.slice(1, -1)])] : [];
  return [...turns(name), ...outer];
};

const byLength = (a: string, b: string) => b.length - a.length || (a < b ? -1 : 1);

/** A name's words without their first letters, the longest first: a slip in a first letter leaves all of it as it is. */
export const beheaded = (words: string[]) =>
  filed(words.flatMap(word => Array.from(word).slice(1).join('') || []).sort(byLength));

export const firstWord = (name: string) => name.split(' ', 1)[0] ?? '';
