import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Instant } from '../../shared/contract.ts';
import { entity } from '../../shared/entity.ts';
import type { Store } from '../../shared/store.ts';
import type { StoredCustomer } from '../customer.ts';
import { timelineEntry } from '../read-timeline.ts';

/** when a customer was last heard of, kept because what shows it may be discarded before the customer is */
export const heard = entity('last-heard', z.object({ customerId: CustomerId, at: Instant }), {
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'heard' }),
});

/** what customers do with messages; all else of messages is done to them */
const answered = ['message.opened', 'message.clicked', 'message.unsubscribed'];
const itself = ['consent.expired', 'customer.inactive'];

const page = 100;

/** The latest event by which a customer was heard of; of who was only written to lately: not earlier than this. */
const latestHeard = async (store: Store, id: string): Promise<string | undefined> => {
  const { items, last } = await store.partition(['customer', id], { limit: page, within: { from: '@', to: '@:' } });
  const events = items.map(timelineEntry);
  const found = events.find(
    ({ type }) => answered.includes(type) || !(type.startsWith('message.') || itself.includes(type)),
  );
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
