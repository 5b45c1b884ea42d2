import type { Store } from '../shared/store/store.ts';
import { type Words, wordsFor } from './page.ts';
import type { Phrases } from './phrases/en.ts';
import { type PreferenceSettings, preferenceSettings } from './preference-settings.ts';

/** the words for messages to a customer, and whether it can reply to them */
export const voiceOf = (settings: PreferenceSettings, { locale }: { locale?: string | undefined }) => ({
  words: wordsFor(settings, locale),
  canReply: settings.repliesTo !== undefined,
});
export type Voice = ReturnType<typeof voiceOf>;

export const voiceFor = async (store: Store, customer: { locale?: string | undefined }) =>
  voiceOf(await preferenceSettings.of(store), customer);

const greeting =
  "{% if customer.givenName %}{{ words.dear | replace: '…', customer.givenName }}{% else %}{{ words.hello }}{% endif %}";

/** `bare`: a person wrote it, with its own greeting */
export type Text = { subject?: string; body: string; bare?: boolean };

/** a phrase that is the same inside a template */
const plain = /^[^{}<>]*$/;

/** a template with the phrases in it: what it stores is as long as the letter */
const phrased = (template: string, words: Words) =>
  template.replace(/\{\{ words\.(\w+)(?: \| replace: '…', ([\w.]+))? \}\}/g, (all, name, path) => {
    const phrase: string = words[name as keyof Phrases];
    if (!plain.test(phrase)) return all;
    return path ? phrase.replaceAll('…', `{{ ${path} }}`) : phrase;
  });

const used = (template: string, words: Words) =>
  Object.fromEntries([...template.matchAll(/words\.(\w+)/g)].map(([, name]) => [name, words[name as keyof Phrases]]));

/** The content and scope of a message of our own, in Liquid; an e-mail, which has a subject, begins and ends as a letter does. */
export const written = (words: Words, { subject, body, bare }: Text, scope: Record<string, unknown>) => {
  const letter = `${greeting}\n\n${body}\n\n{{ words.regards }}\n{{ tenant.name }}\n`;
  const content =
    subject === undefined
      ? { body: phrased(body, words) }
      : { subject: phrased(subject, words), body: phrased(bare ? `${body}\n` : letter, words) };
  return {
    content,
    scope: { ...scope, language: words.language, words: used(`${content.subject} ${content.body}`, words) },
  };
};
