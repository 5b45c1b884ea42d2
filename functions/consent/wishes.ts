import { choiceName, choicesOf, ticked } from './choices.ts';
import type { CurrentConsent } from './current.ts';
import type { Place } from './decide-consent.ts';
import { mayEnd, type Topic } from './topic.ts';

export type Wish = Place & { status: 'granted' | 'withdrawn' };

/** what the form says other than what there is; what it did not show is left alone */
export const wishesIn = (form: URLSearchParams, topics: Topic[], consents: CurrentConsent[]): Wish[] => {
  const [on, shown] = [new Set(form.getAll('on')), new Set(form.getAll('shown'))];
  return choicesOf(topics, consents)
    .filter(choice => choice.open && shown.has(choiceName(choice)) && on.has(choiceName(choice)) !== ticked(choice))
    .map(choice => ({
      channel: choice.channel,
      topic: choice.topic.topic,
      status: on.has(choiceName(choice)) ? 'granted' : 'withdrawn',
    }));
};

/** an end to everything that a customer may put an end to, shown on the page or not */
export const endingAll = (topics: Topic[], consents: CurrentConsent[]): Wish[] =>
  consents
    .filter(consent => ticked(consent))
    .filter(consent => topics.every(declared => declared.topic !== consent.topic || mayEnd(declared)))
    .map(({ channel, topic }) => ({ channel, topic, status: 'withdrawn' }));
