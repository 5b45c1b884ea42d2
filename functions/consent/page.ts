import { escaped, htmlPage } from '../shared/http/html-page.ts';
import type { ChannelTopic } from './consent.ts';
import { type Phrases, type PreferenceSettings, phrases } from './preference-settings.ts';
import { inLanguage } from './topic.ts';

/** `language` is that of the phrases, `locale` that of the customer */
export type Words = Phrases & { language: string; locale: string | undefined };

/** the phrases in a customer's language where the company has set them, otherwise in English */
export const wordsFor = (
  settings: Pick<PreferenceSettings, 'phrases'> | undefined,
  locale: string | undefined,
): Words => {
  const own = inLanguage(settings?.phrases, locale);
  return { ...phrases, ...own, language: own && locale ? locale.replaceAll('_', '-') : 'en', locale };
};

/** a phrase as HTML, with its `…` replaced by HTML */
export const filled = (phrase: string, html: string) => {
  const [before = '', ...after] = phrase.split('…');
  return after.length ? `${escaped(before)}${html}${escaped(after.join('…'))}` : `${escaped(before)} ${html}`;
};

type Branding = { settings?: PreferenceSettings | undefined; words: Words };

export const branded = ({ settings, words }: Branding, page: { status?: number; title: string; body: string }) =>
  htmlPage({ ...page, language: words.language, name: settings?.name, colour: settings?.colour });

export const invalidPage = () => {
  const words = wordsFor(undefined, undefined);
  return branded({ words }, { status: 404, title: words.invalidTitle, body: `<p>${escaped(words.invalidText)}</p>` });
};

export const expiredPage = (branding: Branding) => {
  const { expiredTitle: title, expiredText } = branding.words;
  return branded(branding, { status: 410, title, body: `<p>${escaped(expiredText)}</p>` });
};

export const channelWord = (words: Phrases, channel: ChannelTopic['channel']): string =>
  words[`channel${channel.charAt(0).toUpperCase()}${channel.slice(1)}` as keyof Phrases];
