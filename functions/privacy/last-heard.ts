import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { EventDetail } from '../customers/timeline.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity, type Item } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';

/** when a customer was last heard of, kept because what shows it may be discarded before the customer is */
export const heard = entity('last-heard', z.object({ customerId: CustomerId, at: Instant }), {
  onErase: 'delete',
  area: 'retention',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'heard' }),
});

/** tasks that rules set are the system's own, as are the events that it brings about itself */
const isSystem = ({ by, type, doc }: Item) =>
  by === 'system' || (type === 'activity.recorded' && (doc as EventDetail).actor.startsWith('rapport:'));

const page = 100;

/** The latest event by which a customer was heard of; of who was only written to or looked at lately: not earlier than this. */
const latestHeard = async (store: Store, id: string): Promise<string | undefined> => {
  const { items, last } = await store.partition(['customer', id], { limit: page, within: { from: '@', to: '@:' } });
  const found = items.find(item => !isSystem(item)) ?? (last ? items.at(-1) : undefined);
  return found && (found.doc as EventDetail).occurredAt;
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
