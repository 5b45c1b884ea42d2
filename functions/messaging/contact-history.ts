import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId, MessageId } from '../../events/ids.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity, main, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';

const longestCap = 'P31D';

const partitionOf = (customerId: string): [string, string] => ['contact', customerId];

/** changed by every send under a frequency cap, so that of two at once only one passes */
const ContactLock = z.object({ customerId: CustomerId, version: z.int() });

export const contactLocks = entity('contact', ContactLock, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'messages',
  key: ({ customerId }: { customerId: string }) => ({ of: partitionOf(customerId), part: main }),
});

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

/** When an address was sent to on topics; kept only where a cap counts that. Changed by every send, so that of two at once one passes. */
const AddressSends = z.object({ address: z.string(), at: z.array(Instant), version: z.int() });

export const addressSends = entity('address-sends', AddressSends, {
  onErase: 'not-personal', // the address is a digest
  key: ({ address }: { address: string }) => ({ of: ['address-sends', address], part: main }),
  expires: ({ at }) => plus(at.at(-1) ?? '', longestCap),
});

/** more sends than any cap allows */
const mostCounted = 100;

export type AddressHistory = { address: string; stored: z.output<typeof AddressSends> | undefined };

export const sentTo = ({ address, stored }: AddressHistory, now: string) => ({
  address,
  at: [...(stored?.at ?? []), now].slice(-mostCounted),
  version: (stored?.version ?? 0) + 1,
});

/** the same address, not readable from keys */
export const digestOf = (channel: string, to: string | undefined) =>
  createHash('sha256').update(`${channel} ${to}`).digest('base64url').slice(0, 22);

/** A click on an unsubscribe link: in force until the customer grants consent again, even before the consent is withdrawn. */
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

/** An address that nothing is sent to any more, of any customer. */
export const Suppression = z.object({
  channel: Channel,
  address: z.string(),
  reason: z.string(),
  at: Instant,
  /** the message that bounced or was marked as spam, and its customer */
  messageId: MessageId.optional(),
  customerId: CustomerId.optional(),
});
export type Suppression = z.output<typeof Suppression>;

export const suppressions = entity('suppression', Suppression, {
  onErase: 'delete',
  area: 'messages',
  key: ({ channel, address }: { channel: string; address: string }) => ({
    of: ['suppression', `${channel}#${address.toLowerCase()}`],
    part: main,
  }),
  lists: { all: { by: () => 'all', sort: ({ at, channel, address }) => `${at}#${channel}#${address}`, shards: 4 } },
});

/** That a message to a customer bounced permanently or was marked as spam; stored with the customer, for its view. */
const Unreachable = z.object({
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

/** that an address which nobody proved was asked to confirm: once in 30 days, whoever says it is theirs */
export const confirmationRequests = entity('confirmation-request', z.object({ address: z.string(), at: Instant }), {
  onErase: 'not-personal', // the address is a digest
  key: ({ address }: { address: string }) => ({ of: ['confirmation-request', address], part: main }),
  expires: ({ at }) => plus(at, 'P30D'),
});

/** more than any cap allows: what is not read cannot change a decision */
const mostRead = 1_000;

/** one query: the lock, the opt-outs and the latest sends of a customer */
export const contactHistoryOf = async (store: Store, customerId: string) => {
  const { items } = await store.partition(partitionOf(customerId), { limit: mostRead });
  const lock = items.find(({ kind }) => kind === contactLocks.kind);
  return {
    lock: lock && revive(contactLocks, lock),
    optOuts: items.filter(({ kind }) => kind === optOuts.kind).map(item => revive(optOuts, item)),
    sends: items.filter(({ kind }) => kind === recentSends.kind).map(item => revive(recentSends, item)),
  };
};
