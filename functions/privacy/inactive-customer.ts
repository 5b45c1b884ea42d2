import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { EventDetail } from '../customers/timeline.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity, type Item } from '../shared/store/entity.ts';
import { allEvents } from '../shared/store/filters.ts';
import type { Store } from '../shared/store/store.ts';

/** A customer without activity for long: to be reviewed, or to be erased. */
export const InactiveCustomer = z.object({
  customerId: CustomerId,
  lastActiveAt: Instant,
  foundAt: Instant,
  then: z.enum(['review', 'erase']),
  eraseAt: Instant.optional().describe('when it is to be erased, unless it is retained or becomes active before'),
});
export type InactiveCustomer = z.output<typeof InactiveCustomer>;

export const inactiveCustomers = entity('inactive-customer', InactiveCustomer, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'retention',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'inactive' }),
  lists: { all: { by: () => 'all', sort: ({ foundAt, customerId }) => `${foundAt}#${customerId}` } },
});

/** when a customer was last active: the events that show it may be discarded before the customer is */
export const lastActivities = entity('last-activity', z.object({ customerId: CustomerId, at: Instant }), {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'retention',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'activity' }),
});

/** the system's own events say nothing of a customer's activity, nor do tasks that rules created or acts with a token that staff issued */
const isSystem = ({ by, type, doc }: Item) =>
  by !== undefined || (type === 'activity.recorded' && (doc as EventDetail).actor.startsWith('rapport:'));

const page = 100;

/** The latest event that shows activity; where a whole page shows none, the activity is not later than its oldest event. */
const latestActivity = async (store: Store, id: string): Promise<string | undefined> => {
  const { items, last } = await store.partition(['customer', id], { limit: page, within: allEvents });
  const found = items.find(item => !isSystem(item)) ?? (last ? items.at(-1) : undefined);
  return found && (found.doc as EventDetail).occurredAt;
};

/** when a customer was last active; `stored`: what is stored of it */
export const lastActivityOf = async (store: Store, { id, createdAt }: StoredCustomer) => {
  const [latest, stored] = await Promise.all([
    latestActivity(store, id),
    store.get(lastActivities, { customerId: id }),
  ]);
  const all = [createdAt, latest ?? createdAt, stored?.at ?? createdAt].sort();
  return { at: all.at(-1) ?? createdAt, stored: stored?.at };
};
