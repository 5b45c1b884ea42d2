import { invalid } from '../shared/http/api-error.ts';
import { lookedUp, type Word, wordsOf } from './words.ts';

/** What is looked for: all of the words, and words in quotes one after the other. */
export type Wanted = { stems: Set<string>; phrases: string[][]; lookups: string[] };

const quoted = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;

const stemsOf = (words: Word[]) => words.map(({ stem }) => stem);

export const wantedOf = (q: string): Wanted => {
  const words = wordsOf(q);
  if (!words.length) {
    throw invalid([{ path: 'q', message: 'holds no word to look for: single letters and signs are not filed' }]);
  }
  const phrases = Array.from(q.matchAll(quoted), ([, inside = '']) => stemsOf(wordsOf(inside)));
  return {
    stems: new Set(stemsOf(words)),
    phrases: phrases.filter(({ length }) => length > 1),
    lookups: lookedUp(words),
  };
};

const holds = (stems: string[], phrase: string[]) =>
  stems.some((_, at) => phrase.every((word, nth) => stems[at + nth] === word));

/** whether a text, of which these are the words, is looked for */
export const isWanted = ({ stems, phrases }: Wanted, words: Word[]) => {
  const all = stemsOf(words);
  const there = new Set(all);
  return [...stems].every(stem => there.has(stem)) && phrases.every(phrase => holds(all, phrase));
};
