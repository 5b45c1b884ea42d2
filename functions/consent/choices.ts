import { channels } from '../../events/customer.ts';
import type { ChannelTopic } from './consent.ts';
import { type CurrentConsent, isSameTopic } from './current-consents.ts';
import { isOptional, type Topic } from './topic.ts';

/** One topic on one channel, as the preference page shows it. */
export type Choice = {
  topic: Topic;
  channel: ChannelTopic['channel'];
  status: CurrentConsent['status'] | 'none';
  /** whether the customer can change it */
  optional: boolean;
};

export const choiceName = ({ topic, channel }: Pick<Choice, 'topic' | 'channel'>) => `${channel}/${topic.topic}`;

export const choicesOf = (topics: Topic[], consents: CurrentConsent[]): Choice[] => {
  const visible = topics.filter(({ hidden }) => !hidden);
  return channels.flatMap(channel =>
    visible
      .filter(topic => topic.channels.includes(channel))
      .map(topic => {
        const consent = consents.find(one => isSameTopic(one, { channel, topic: topic.topic }));
        return { topic, channel, status: consent?.status ?? 'none', optional: isOptional(topic) };
      }),
  );
};

/** whether its box is checked; saving does not withdraw a pending one */
export const isChecked = ({ status }: Pick<Choice, 'status'>) => status === 'granted' || status === 'pending';

export type PreferenceChange = ChannelTopic & { status: 'granted' | 'withdrawn' };

/** the differences between the form and the current consents; choices that the form did not show are unchanged */
export const changesIn = (form: URLSearchParams, topics: Topic[], consents: CurrentConsent[]): PreferenceChange[] => {
  const [checked, shown] = [new Set(form.getAll('on')), new Set(form.getAll('shown'))];
  return choicesOf(topics, consents).flatMap(choice => {
    const name = choiceName(choice);
    if (!choice.optional || !shown.has(name) || checked.has(name) === isChecked(choice)) return [];
    const status = checked.has(name) ? ('granted' as const) : ('withdrawn' as const);
    return [{ channel: choice.channel, topic: choice.topic.topic, status }];
  });
};

/** the withdrawal of everything that the customer can unsubscribe from, shown on the page or not */
export const withdrawAll = (topics: Topic[], consents: CurrentConsent[]): PreferenceChange[] =>
  consents
    .filter(isChecked)
    .filter(consent => topics.every(({ topic, basis }) => topic !== consent.topic || isOptional({ basis })))
    .map(({ channel, topic }) => ({ channel, topic, status: 'withdrawn' }));
