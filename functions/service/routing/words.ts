import * as z from 'zod';
import { inLanguage } from '../../consent/topic.ts';
import { LanguageTag, line } from '../../shared/fields.ts';
import { searchable } from '../../shared/text/search-form.ts';

const Word = line(60)
  .refine(word => searchable(word) !== '', 'has no letter or digit')
  .meta({ examples: ['refund*'] });

export const Words = z
  .record(LanguageTag, z.array(Word).max(200))
  .describe('words and phrases by language, as they are written; `*` at the end: with any ending');
export type Words = z.output<typeof Words>;

export const Labels = z.record(LanguageTag, line(60)).describe('what staff see, by language');

/** scripts that do not part words by spaces */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const occursIn = (text: string) => (word: string) => {
  const plain = searchable(word);
  if (unspaced.test(word)) return text.includes(plain);
  return text.includes(word.endsWith('*') ? ` ${plain}` : ` ${plain} `);
};

/** the first of the words that a text contains: of those in its language, or of all where there are none in it */
export const wordIn = (text: string, language: string | null, words: Words = {}): string | undefined => {
  const given = inLanguage(words, language ?? undefined) ?? Object.values(words).flat();
  return given.find(occursIn(` ${searchable(text)} `));
};
