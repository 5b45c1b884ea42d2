import { stemmer } from 'stemmer';
import { searchable } from '../shared/text/search-form.ts';
import { isStopWord, stopWordsOf } from './stop-words.ts';

// also finds words where nothing parts them, as in Chinese, Japanese and Thai
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

const longest = 40;

const isLatin = (word: string) => /^[a-z0-9]+$/.test(word);

/** a letter or a digit by itself tells nothing; a sign does */
const tells = (word: string) => word.length > 1 || !isLatin(word);

/** One word of a text, where it stands in it (UTF-16), as it is written in lower case and as it is compared. */
export type Word = { from: number; to: number; plain: string; stem: string };

/** The words of a text, in their order. English ones by their stem (Porter 1980), others as they are; without accents. */
export const wordsOf = (text: string): Word[] =>
  Array.from(segmenter.segment(text)).flatMap(({ segment, index, isWordLike }) => {
    if (!isWordLike) return [];
    const at = { from: index, to: index + segment.length };
    return searchable(segment)
      .split(' ')
      .filter(tells)
      .map(word => word.slice(0, longest))
      .map(plain => ({ ...at, plain, stem: isLatin(plain) ? stemmer(plain) : plain }));
  });

const distinct = (words: Word[]) => [...new Set(words.map(({ stem }) => stem))];

/** how many different words a text is found by; what of a very long one comes after them is not filed */
export const mostWords = 400;

/** what a text is filed under */
export const filedUnder = (text: string): string[] => {
  const words = wordsOf(text);
  const left = stopWordsOf(words.map(({ plain }) => plain));
  return distinct(words.filter(({ plain }) => !left.has(plain))).slice(0, mostWords);
};

/** how many of the words that are asked for texts are looked up by; the rest is compared */
const mostAsked = 6;

/** Of words that are asked for: those that every text with them is filed under, the longest first, as they are rarer. */
export const lookedUp = (words: Word[]): string[] => {
  const sure = words.filter(({ plain }) => !isStopWord(plain));
  const all = distinct(sure.length ? sure : words);
  return all.sort((a, b) => b.length - a.length).slice(0, mostAsked);
};
