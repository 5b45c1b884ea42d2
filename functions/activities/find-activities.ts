import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { type Activity, activities, assignedOf, TaskState } from './activity.ts';
import type { activityRoutes } from './activity-routes.ts';

type Route = typeof activityRoutes.findActivities;

/** By customer or by what they are for, latest first; by who is to do them, the soonest due first. */
export const findActivities: Handler<Route> = async ({ query }, { store }) => {
  const { customerId, assignedTo, relatedTo, state, kind, ...paging } = query;
  const keep = (found: Activity) =>
    (!state || found.state === state) &&
    (!kind || found.kind === kind) &&
    (!assignedTo || found.assignedTo === assignedTo) &&
    (!relatedTo || found.relatedTo === relatedTo);
  if (customerId) {
    const { id } = await needCustomer(store, customerId);
    return store.list(activities, 'customer', id, { ...paging, keep });
  }
  if (assignedTo) {
    const states = state ? [state] : [...TaskState.options, 'none' as const];
    const by = states.map(one => assignedOf(assignedTo, one));
    return store.list(activities, 'assigned', by, { ...paging, keep, upwards: state === 'open' });
  }
  if (!relatedTo) throw invalid([{ path: 'customerId', message: 'ask by customerId, assignedTo or relatedTo' }]);
  const { items, nextCursor } = await store.lookup(activities, 'related', relatedTo, paging);
  const found = await store.getAll(
    activities,
    items.map(id => ({ id })),
  );
  return { items: found.filter(keep), nextCursor };
};
