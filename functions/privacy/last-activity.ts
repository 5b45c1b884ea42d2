import type { StoredCustomer } from '../customers/customer.ts';
import type { EventDetail } from '../customers/timeline.ts';
import type { Item } from '../shared/store/entity.ts';
import { allEvents } from '../shared/store/filters.ts';
import type { Store } from '../shared/store/store.ts';
import { lastActivities } from './inactive-customer.ts';

/** the system's own events say nothing of a customer's activity, nor do tasks that rules created */
const isSystem = ({ by, type, doc }: Item) =>
  by === 'system' || (type === 'activity.recorded' && (doc as EventDetail).actor.startsWith('rapport:'));

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
