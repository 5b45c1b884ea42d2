import type { Ctx } from '../shared/http/context.ts';
import { insert } from '../shared/store/changes.ts';
import { takeQuota } from '../shared/store/quota.ts';
import { confirmationRequests, digestOf } from './contact-history.ts';
import type { DecisionFacts, Pending } from './facts.ts';
import type { Message } from './message.ts';

const hour = 3600;
const day = 24 * hour;

/** What public write keys can make us send, whether on a topic or transactional: anyone can use the key of a page. */
const limitsOn = ({ tracker, cause, channel, templateId = '' }: Pending['request'], { to }: DecisionFacts) => {
  if (!tracker) return [];
  const address = digestOf(channel, to);
  return [
    { words: '5 messages of one trigger to an address in a day', name: `${cause} ${address}`, most: 5, seconds: day },
    { words: '10 messages to an address in a day', name: address, most: 10, seconds: day },
    { words: '5,000 messages of one template in an hour', name: `${cause} ${templateId}`, most: 5000, seconds: hour },
    { words: '10,000 messages in an hour', name: tracker, most: 10_000, seconds: hour },
  ];
};

export const asking = ({ channel, to }: Message, now: string) =>
  insert(confirmationRequests, { address: digestOf(channel, to ?? undefined), at: now });

/** Counts a message that would be sent. The limit that it is beyond, in words; undefined: none. */
export const relayLimit = async (request: Pending['request'], facts: DecisionFacts, { tenant, now, store }: Ctx) => {
  if (!facts.isProven && (await store.get(confirmationRequests, { address: digestOf(request.channel, facts.to) }))) {
    return 'limit for an address that nobody proved: 1 confirmation in 30 days';
  }
  for (const { words, name, ...quota } of limitsOn(request, facts)) {
    if (await takeQuota(tenant, { ...quota, name: `relay ${name}` }, now)) {
      return `limit of what a public write key can make us send: ${words}`;
    }
  }
  return undefined;
};
