import { escaped, htmlPage } from '../shared/http/html-page.ts';
import { type Phrases, phrases } from './phrases.ts';
import type { PreferenceSettings } from './preference-settings.ts';
import { inLanguage } from './topic-name.ts';

/** `language` is that of the words, `locale` the customer's own */
export type Words = Phrases & { language: string; locale: string | undefined };

/** the words of a page in a customer's language, as far as the company has given them; else in English */
export const wordsFor = (
  settings: Pick<PreferenceSettings, 'phrases'> | undefined,
  locale: string | undefined,
): Words => {
  const own = inLanguage(settings?.phrases, locale);
  return { ...phrases, ...own, language: own && locale ? locale.replaceAll('_', '-') : 'en', locale };
};

/** a phrase as HTML, with HTML in the place of its `…` */
export const filled = (phrase: string, html: string) => {
  const [before = '', ...after] = phrase.split('…');
  return after.length ? `${escaped(before)}${html}${escaped(after.join('…'))}` : `${escaped(before)} ${html}`;
};

type Around = { settings?: PreferenceSettings | undefined; words: Words };

/** a page in the company's name and colour */
export const branded = ({ settings, words }: Around, page: { status?: number; title: string; body: string }) =>
  htmlPage({ ...page, language: words.language, name: settings?.name, colour: settings?.colour });

/** a link that was not made by us */
export const invalidPage = () => {
  const words = wordsFor(undefined, undefined);
  return branded({ words }, { status: 404, title: words.invalidTitle, body: `<p>${escaped(words.invalidText)}</p>` });
};

/** a link whose time is over, or that something newer has replaced */
export const expiredPage = (around: Around) => {
  const { expiredTitle: title, expiredText } = around.words;
  return branded(around, { status: 410, title, body: `<p>${escaped(expiredText)}</p>` });
};
