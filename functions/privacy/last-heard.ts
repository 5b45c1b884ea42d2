import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { timelineEntry } from '../customers/read-timeline.ts';
import type { TimelineEvent } from '../customers/timeline-event.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';

/** when a customer was last heard of, kept because what shows it may be discarded before the customer is */
export const heard = entity('last-heard', z.object({ customerId: CustomerId, at: Instant }), {
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'heard' }),
});

/** what customers do with messages; all else of messages is done to them */
const answered = ['message.opened', 'message.clicked', 'message.unsubscribed'];
/** what time brings about, and what we find out or do by ourselves */
const itself = [
  'consent.expired',
  'customer.erasure-due',
  'customer.inactive',
  'invoice.overdue',
  'promise.conflicting',
  'service.due',
  'task.overdue',
  'warranty.ending',
];
const ours = ['data.', 'duplicate.', 'list.', 'message.'];

/** tasks that rules set are as much our own */
const isOwnTask = ({ type, actor }: TimelineEvent) => type === 'activity.recorded' && actor.startsWith('rapport:');

const tellsOf = (event: TimelineEvent) => {
  const { type } = event;
  if (answered.includes(type)) return true;
  return !itself.includes(type) && !ours.some(noun => type.startsWith(noun)) && !isOwnTask(event);
};

const page = 100;

/** The latest event by which a customer was heard of; of who was only written to or looked at lately: not earlier than this. */
const latestHeard = async (store: Store, id: string): Promise<string | undefined> => {
  const { items, last } = await store.partition(['customer', id], { limit: page, within: { from: '@', to: '@:' } });
  const events = items.map(timelineEntry);
  const found = events.find(tellsOf);
  return found?.occurredAt ?? (last ? events.at(-1)?.occurredAt : undefined);
};

/** when a customer was last heard of; `kept`: what is noted of it */
export const lastHeardOf = async (store: Store, { id, createdAt }: StoredCustomer) => {
  const [latest, kept] = await Promise.all([latestHeard(store, id), store.get(heard, { customerId: id })]);
  const at =
    [createdAt, latest, kept?.at]
      .flatMap(one => one ?? [])
      .sort()
      .at(-1) ?? createdAt;
  return { at, kept: kept?.at };
};
