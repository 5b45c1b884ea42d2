import { escaped, htmlPage } from '../shared/http/html-page.ts';
import type { ChannelTopic } from './consent.ts';
import { de } from './phrases/de.ts';
import { en, type Phrases } from './phrases/en.ts';
import { es } from './phrases/es.ts';
import { fr } from './phrases/fr.ts';
import { zh } from './phrases/zh.ts';
import type { PreferenceSettings } from './preference-settings.ts';
import { inLanguage } from './topic.ts';

/** `language` is that of the phrases, `locale` that of the customer */
export type Words = Phrases & { language: string; locale: string | undefined };

const builtIn: Record<string, Phrases> = { en, de, fr, es, zh };

type Headers = Record<string, string | undefined>;

/** the languages that a browser asks for, in its order */
const askedBy = ({ 'accept-language': asked = '' }: Headers) =>
  asked.split(',').flatMap(part => /^\s*([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\s*(?:;|$)/i.exec(part)?.[1] ?? []);

/** the phrases in the customer's language, else in one that the browser asks for, else in the company's first, else in English */
export const wordsFor = (
  settings: Pick<PreferenceSettings, 'phrases' | 'languages'> | undefined,
  locale: string | undefined,
  headers: Headers = {},
): Words => {
  const own = settings?.phrases;
  const has = (tag: string | undefined) => inLanguage(own, tag) !== undefined || inLanguage(builtIn, tag) !== undefined;
  const language = [locale, ...askedBy(headers), settings?.languages[0]].find(has) ?? 'en';
  const phrases = { ...en, ...inLanguage(builtIn, language), ...inLanguage(own, language) };
  return { ...phrases, language: language.replaceAll('_', '-'), locale: locale ?? language };
};

/** a phrase as HTML, with its `…` replaced by HTML */
export const filled = (phrase: string, html: string) => {
  const [before = '', ...after] = phrase.split('…');
  return after.length ? `${escaped(before)}${html}${escaped(after.join('…'))}` : `${escaped(before)} ${html}`;
};

type Look = Pick<PreferenceSettings, 'name' | 'colour' | 'logo'>;

type Branding = { settings?: Look | undefined; words: Pick<Words, 'language'> };

export const branded = (
  { settings, words }: Branding,
  page: Pick<Parameters<typeof htmlPage>[0], 'status' | 'title' | 'body' | 'nav' | 'script'>,
) =>
  htmlPage({
    ...page,
    ...{ language: words.language, name: settings?.name, colour: settings?.colour, logo: settings?.logo },
  });

export const invalidPage = ({ headers }: { headers: Headers }) => {
  const words = wordsFor(undefined, undefined, headers);
  return branded({ words }, { status: 404, title: words.invalidTitle, body: `<p>${escaped(words.invalidText)}</p>` });
};

export const expiredPage = (branding: Branding & { words: Words }) => {
  const { expiredTitle: title, expiredText } = branding.words;
  return branded(branding, { status: 410, title, body: `<p>${escaped(expiredText)}</p>` });
};

export const channelWord = (words: Phrases, channel: ChannelTopic['channel']): string =>
  words[`channel${channel.charAt(0).toUpperCase()}${channel.slice(1)}` as keyof Phrases];
