import { channels } from '../../events/customer.ts';
import type { Consent } from './consent.ts';
import type { CurrentConsent } from './current.ts';
import { mayEnd, type Topic } from './topic.ts';

/** What a customer can choose, or only be told of: one topic on one channel, and how it stands. */
export type Choice = {
  topic: Topic;
  channel: Consent['channel'];
  status: CurrentConsent['status'] | 'none';
  /** whether it is the customer's to choose */
  open: boolean;
};

/** what names a choice in the form */
export const choiceName = ({ topic, channel }: Pick<Choice, 'topic' | 'channel'>) => `${channel}/${topic.topic}`;

/** all choices of the page, by channel. Pure. */
export const choicesOf = (topics: Topic[], consents: CurrentConsent[]): Choice[] => {
  const shown = topics.filter(({ hidden }) => !hidden);
  return channels.flatMap(channel =>
    shown
      .filter(topic => topic.channels.includes(channel))
      .map(topic => {
        const said = consents.find(one => one.channel === channel && one.topic === topic.topic);
        return { topic, channel, status: said?.status ?? 'none', open: mayEnd(topic) };
      }),
  );
};

/** whether its box is ticked: what waits for the customer's confirmation is not unticked by saving */
export const ticked = ({ status }: Pick<Choice, 'status'>) => status === 'granted' || status === 'pending';
