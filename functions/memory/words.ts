import { stemmer } from 'stemmer';
import { deu } from 'stopword/src/stopwords_deu.js';
import { eng } from 'stopword/src/stopwords_eng.js';
import { fra } from 'stopword/src/stopwords_fra.js';
import { ita } from 'stopword/src/stopwords_ita.js';
import { nld } from 'stopword/src/stopwords_nld.js';
import { por } from 'stopword/src/stopwords_por.js';
import { spa } from 'stopword/src/stopwords_spa.js';
import { searchable } from '../shared/text/search-form.ts';

// also finds words in scripts without spaces, such as Chinese, Japanese and Thai
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

const longest = 40;

const isLatin = (word: string) => /^[a-z0-9]+$/.test(word);

/** single letters and digits are not searchable; single signs of other scripts are */
const isSearchable = (word: string) => word.length > 1 || !isLatin(word);

/** One word of a text: its position (UTF-16), its lower-case form and its stem. */
export type Word = { from: number; to: number; plain: string; stem: string };

/** The words of a text in order. English ones by their stem (Porter 1980), others as they are; without accents. */
export const wordsOf = (text: string): Word[] =>
  Array.from(segmenter.segment(text)).flatMap(({ segment, index, isWordLike }) => {
    if (!isWordLike) return [];
    const at = { from: index, to: index + segment.length };
    return searchable(segment)
      .split(' ')
      .filter(isSearchable)
      .map(word => word.slice(0, longest))
      .map(plain => ({ ...at, plain, stem: isLatin(plain) ? stemmer(plain) : plain }));
  });

const stopWords: Set<string>[] = [eng, deu, fra, spa, ita, por, nld].map(
  words => new Set(words.flatMap(word => searchable(word).split(' '))),
);

/** The stop words of a text's language: the one with most of them. `door` is a stop word in Dutch only. */
const stopWordsOf = (words: string[]) => {
  const counts = stopWords.map(list => words.filter(word => list.has(word)).length);
  const most = Math.max(...counts);
  return most ? stopWords[counts.indexOf(most)]! : new Set<string>();
};

const distinct = (words: Word[]) => [...new Set(words.map(({ stem }) => stem))];

/** all words of a text that say something, in order: each by its stem, as often as it stands there */
export const termsOf = (text: string): string[] => {
  const words = wordsOf(text);
  const omitted = stopWordsOf(words.map(({ plain }) => plain));
  return words.filter(({ plain }) => !omitted.has(plain)).map(({ stem }) => stem);
};

export const mostWords = 400;

export const indexWords = (text: string): string[] => {
  const words = wordsOf(text);
  const omitted = stopWordsOf(words.map(({ plain }) => plain));
  return distinct(words.filter(({ plain }) => !omitted.has(plain))).slice(0, mostWords);
};

/** how many words of a query texts are looked up by; the others are compared */
const mostLookups = 6;

/** The words of a query that every matching text is indexed under: no stop words of any language, the longest first, as they are rarer. */
export const lookupWords = (words: Word[]): string[] => {
  const certain = words.filter(({ plain }) => !stopWords.some(list => list.has(plain)));
  const all = distinct(certain.length ? certain : words);
  return all.sort((a, b) => b.length - a.length).slice(0, mostLookups);
};
