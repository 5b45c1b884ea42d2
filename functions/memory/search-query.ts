import { invalid } from '../shared/http/api-error.ts';
import { lookupWords, type Word, wordsOf } from './words.ts';

/** A parsed search: all of the words, and the words in quotes one after the other. `lookups`: by which texts are looked up. */
export type SearchQuery = { stems: Set<string>; phrases: string[][]; lookups: string[] };

const quoted = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;

const stemsOf = (words: Word[]) => words.map(({ stem }) => stem);

export const parseQuery = (q: string): SearchQuery => {
  const words = wordsOf(q);
  if (!words.length) throw invalid([{ path: 'q', message: 'contains no searchable word of two or more letters' }]);
  const phrases = Array.from(q.matchAll(quoted), ([, inside = '']) => stemsOf(wordsOf(inside)));
  return {
    stems: new Set(stemsOf(words)),
    phrases: phrases.filter(({ length }) => length > 1),
    lookups: lookupWords(words),
  };
};

const hasPhrase = (stems: string[], phrase: string[]) =>
  stems.some((_, at) => phrase.every((word, nth) => stems[at + nth] === word));

export const matchesQuery = ({ stems, phrases }: SearchQuery, words: Word[]) => {
  const all = stemsOf(words);
  const distinct = new Set(all);
  return [...stems].every(stem => distinct.has(stem)) && phrases.every(phrase => hasPhrase(all, phrase));
};

/** letters of an excerpt, and how many of them before the first match */
const length = { all: 240, before: 60 };

/** the space nearest to `at`, so that no word is cut */
const spaceNear = (text: string, at: number, towards: 1 | -1) => {
  for (let step = 0; step < 20; step++) {
    const position = at + step * towards;
    if (position <= 0 || position >= text.length) return Math.min(Math.max(position, 0), text.length);
    if (/\s/.test(text[position]!)) return position;
  }
  return at;
};

/** a piece of a text around the first match, and where the matches are in it (`[from, to)` in UTF-16 units) */
export const excerptOf = (text: string, stems: ReadonlySet<string>) => {
  const all = wordsOf(text).filter(({ stem }) => stems.has(stem));
  // words that the segmenter keeps in one, such as the parts of an address, share their position
  const matches = [...new Map(all.map(word => [word.from, word])).values()];
  const start = spaceNear(text, Math.max(0, (matches[0]?.from ?? 0) - length.before), -1);
  const end = spaceNear(text, Math.min(text.length, start + length.all), 1);
  const lead = start > 0 ? '…' : '';
  const offset = lead.length - start;
  return {
    excerpt: `${lead}${text.slice(start, end).toWellFormed()}${end < text.length ? '…' : ''}`,
    marks: matches
      .filter(({ from, to }) => from >= start && to <= end)
      .map(({ from, to }): [from: number, to: number] => [from + offset, to + offset]),
  };
};
