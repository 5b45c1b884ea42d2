import { escaped } from '../shared/http/html-page.ts';
import { channelWord } from './channel-word.ts';
import type { Consent } from './consent.ts';
import { branded, filled, type Words } from './page-words.ts';
import type { PreferenceSettings } from './preference-settings.ts';
import type { Topic } from './topic.ts';
import { topicName } from './topic-name.ts';

type Shown = { consent: Consent; topic: Topic | undefined; settings: PreferenceSettings; words: Words };

const named = ({ consent, topic, words }: Shown) =>
  `<strong>${escaped(topicName(topic, consent.topic, words.locale))}</strong> (${escaped(channelWord(words, consent.channel))})`;

/** what the customer was shown when it agreed is shown again */
const wording = ({ wording }: Consent) => (wording?.text ? `<blockquote>${escaped(wording.text)}</blockquote>` : '');

/** asks; the form posts to the address of the page itself */
export const confirmingPage = (shown: Shown) => {
  const { words, consent } = shown;
  const button = `<form method="post"><button type="submit">${escaped(words.confirmButton)}</button></form>`;
  const body = `<p>${filled(words.confirmText, named(shown))}</p>${wording(consent)}${button}`;
  return branded(shown, { title: words.confirmTitle, body });
};

export const confirmedPage = (shown: Shown) => {
  const { words } = shown;
  const body = `<p role="status">${filled(words.confirmedText, named(shown))}</p>`;
  return branded(shown, { title: words.confirmed, body });
};
