import * as z from 'zod';
import { type ChannelTopic, Consent, effective, type StoredConsent } from './consent.ts';
import { isOptOut, type Topic } from './topic.ts';

/** What counts for a customer on a channel and topic; `implied`: an opt-out topic that the customer did not object to. */
export const CurrentConsent = Consent.extend({
  implied: z.literal(true).optional(),
  version: z.int().min(0),
});
export type CurrentConsent = z.output<typeof CurrentConsent>;

export const isSameTopic = (one: ChannelTopic, other: ChannelTopic) =>
  one.channel === other.channel && one.topic === other.topic;

const impliedOf = (customerId: Consent['customerId'], topics: Topic[]): CurrentConsent[] =>
  topics.filter(isOptOut).flatMap(({ topic, channels, basis, purpose, createdAt }) =>
    channels.map(channel => ({
      customerId,
      channel,
      topic,
      status: 'granted' as const,
      source: `no objection (${basis})`,
      purpose,
      lawfulBasis: basis,
      at: createdAt,
      implied: true as const,
      version: 0,
    })),
  );

/** All that counts for a customer at an instant, from its recorded consents and the topics. */
export const currentConsents = (
  customerId: Consent['customerId'],
  recorded: StoredConsent[],
  topics: Topic[],
  now: string,
): CurrentConsent[] => {
  const explicit = recorded.map(consent => effective(consent, now));
  const implied = impliedOf(customerId, topics).filter(
    one => !explicit.some(consent => isSameTopic(one, consent) && consent.status !== 'expired'),
  );
  return [...explicit.filter(consent => !implied.some(one => isSameTopic(one, consent))), ...implied];
};
