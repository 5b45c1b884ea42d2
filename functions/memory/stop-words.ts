import { deu } from 'stopword/src/stopwords_deu.js';
import { eng } from 'stopword/src/stopwords_eng.js';
import { fra } from 'stopword/src/stopwords_fra.js';
import { ita } from 'stopword/src/stopwords_ita.js';
import { nld } from 'stopword/src/stopwords_nld.js';
import { por } from 'stopword/src/stopwords_por.js';
import { spa } from 'stopword/src/stopwords_spa.js';
import { searchable } from '../shared/text/search-form.ts';

/** words by language that are in nearly every text and tell nothing of it */
const languages: Set<string>[] = [eng, deu, fra, spa, ita, por, nld].map(
  (words: string[]) => new Set(words.flatMap(word => searchable(word).split(' '))),
);

/** Those of a text's words that nobody looks for, in the language that most of them are of. `door` is one in Dutch alone. */
export const stopWordsOf = (words: string[]): Set<string> => {
  let [most, found]: [number, Set<string>] = [0, new Set()];
  for (const language of languages) {
    const count = words.filter(word => language.has(word)).length;
    if (count > most) [most, found] = [count, language];
  }
  return found;
};

/** whether a word may have been left out of a text, whatever its language */
export const isStopWord = (word: string) => languages.some(language => language.has(word));
