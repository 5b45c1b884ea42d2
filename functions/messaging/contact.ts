import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId, MessageId } from '../../events/ids.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity, main, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';

/** how long a send can count against a frequency cap */
export const longestCap = 'P31D';

const partitionOf = (customerId: string): [string, string] => ['contact', customerId];

/** who sends under a frequency cap changes it, so that two at once cannot both pass */
export const ContactLock = z.object({ customerId: CustomerId, version: z.int() });

export const contactLocks = entity('contact', ContactLock, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'messages',
  key: ({ customerId }: { customerId: string }) => ({ of: partitionOf(customerId), part: main }),
});

/** a message on a topic that was sent */
export const RecentSend = z.object({ customerId: CustomerId, messageId: MessageId, channel: Channel, at: Instant });
export type RecentSend = z.output<typeof RecentSend>;

export const recentSends = entity('recent-send', RecentSend, {
  onMerge: { partition: 'contact', within: { from: 'send#', to: 'send$' }, counted: 'sends' },
  onErase: 'delete',
  area: 'messages',
  key: ({ customerId, at, messageId }: { customerId: string; at: string; messageId: string }) => ({
    of: partitionOf(customerId),
    part: `send#${at}#${messageId}`,
  }),
  expires: ({ at }) => plus(at, longestCap),
});

/** A click on an unsubscribe link: holds until the customer grants consent anew, even before the consent itself is withdrawn. */
export const OptOut = z.object({
  customerId: CustomerId,
  channel: Channel,
  topic: Topic,
  at: Instant,
  messageId: z.string(),
});
export type OptOut = z.output<typeof OptOut>;

export const optOuts = entity('opt-out', OptOut, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'consents',
  key: ({ customerId, channel, topic }: { customerId: string; channel: string; topic: string }) => ({
    of: partitionOf(customerId),
    part: `opt-out#${channel}#${topic}`,
  }),
});

/** An address that nothing is sent to any more, whoever it belongs to. */
export const Suppression = z.object({ channel: Channel, address: z.string(), reason: z.string(), at: Instant });
export type Suppression = z.output<typeof Suppression>;

export const suppressions = entity('suppression', Suppression, {
  onErase: 'delete',
  area: 'messages',
  key: ({ channel, address }: { channel: string; address: string }) => ({
    of: ['suppression', `${channel}#${address.toLowerCase()}`],
    part: main,
  }),
});

/** That a message to a customer came back for good, or was complained of: kept with the customer, for whoever looks at it. */
export const Unreachable = z.object({
  /** the message's */
  id: MessageId,
  customerId: CustomerId,
  channel: Channel,
  address: z.string(),
  reason: z.string(),
  at: Instant,
});

export const unreachables = entity('unreachable', Unreachable, {
  onMerge: 'follow',
  onErase: 'delete',
  area: 'messages',
  owner: ({ customerId }) => customerId,
});

/** more than any cap allows, so that what is not read cannot change a decision */
const mostRead = 1_000;

/** one query: the lock, the opt-outs and the latest sends of a customer */
export const contactOf = async (store: Store, customerId: string) => {
  const { items } = await store.partition(partitionOf(customerId), { limit: mostRead });
  const lock = items.find(({ kind }) => kind === contactLocks.kind);
  return {
    lock: lock && revive(contactLocks, lock),
    optOuts: items.filter(({ kind }) => kind === optOuts.kind).map(item => revive(optOuts, item)),
    sends: items.filter(({ kind }) => kind === recentSends.kind).map(item => revive(recentSends, item)),
  };
};
