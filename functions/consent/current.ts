import * as z from 'zod';
import { Consent, type StoredConsent } from './consent.ts';
import { standing } from './standing.ts';
import { type Topic, unasked } from './topic.ts';

/** What counts for a customer on a channel and topic; `implied`: nobody asked, and the customer did not object. */
export const CurrentConsent = Consent.extend({
  implied: z.literal(true).optional(),
  version: z.int().min(0),
});
export type CurrentConsent = z.output<typeof CurrentConsent>;

type Place = Pick<Consent, 'channel' | 'topic'>;
const same = (one: Place) => (other: Place) => one.channel === other.channel && one.topic === other.topic;

/** what counts, without having been said, on the topics that need not be asked for */
const impliedOf = (customerId: Consent['customerId'], topics: Topic[]): CurrentConsent[] =>
  topics.filter(unasked).flatMap(({ topic, channels, basis, purpose, createdAt }) =>
    channels.map(channel => ({
      ...{ customerId, channel, topic, status: 'granted' as const, source: `no objection (${basis})` },
      ...{ lawfulBasis: basis, ...(purpose ? { purpose } : {}), at: createdAt, implied: true as const, version: 0 },
    })),
  );

/** Everything that counts for a customer at an instant, from what it has said and what the topics are. Pure. */
export const currentConsents = (
  customerId: Consent['customerId'],
  said: StoredConsent[],
  topics: Topic[],
  now: string,
): CurrentConsent[] => {
  const counting = said.map(consent => standing(consent, now));
  const implied = impliedOf(customerId, topics).filter(
    one => !counting.some(said => same(one)(said) && said.status !== 'expired'),
  );
  return [...counting.filter(said => !implied.some(same(said))), ...implied];
};
