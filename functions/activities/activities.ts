import { activityChanged, activityRemoved, taskCancelled, taskCompleted } from '../../events/activity.ts';
import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { differences } from '../shared/json.ts';
import { eventOf, remove, update, updated } from '../shared/store/changes.ts';
import { fieldsOf, merged, readById } from '../shared/store/records.ts';
import {
  type Activity,
  ActivityFields,
  activities,
  assignedOf,
  isOpenTask,
  mustFitKind,
  TaskState,
} from './activity.ts';
import { activityRoutes } from './activity-routes.ts';
import { notATask, noteNotYours, taskClosed } from './errors.ts';
import { dueTimer, newActivity } from './task.ts';

/** the activity, if the caller may change it: notes belong to their author and to administrators */
const needEditable = async ({ actor, scopes, store }: Ctx, id: string): Promise<Activity> => {
  const activity = await store.need(activities, { id });
  if (activity.kind === 'note' && activity.by !== actor && !scopes.has('settings.admin')) throw noteNotYours();
  return activity;
};

const close = async ({ now, store }: Ctx, id: string, state: 'done' | 'cancelled', outcome?: string) => {
  const before = await store.need(activities, { id });
  if (before.kind !== 'task') throw notATask(`The activity is a ${before.kind}, not a task.`);
  if (!isOpenTask(before)) throw taskClosed(`The task is already ${before.state}. Record a new task.`);
  const task = updated(now, before, { state, closedAt: now, ...(outcome ? { outcome } : {}) });
  const event = state === 'done' ? taskCompleted : taskCancelled;
  return store.commit([update(activities, before, task), eventOf(event, task)], task);
};

export const activityHandlers = handlers(activityRoutes, {
  recordActivity: async ({ body }, ctx) => {
    const { id: customerId } = await needCustomer(ctx.store, body.customerId);
    const { activity, changes } = newActivity(ctx, { ...body, customerId });
    return ctx.store.commit(changes, activity);
  },
  findActivities: async ({ query }, { store }) => {
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
    if (!relatedTo) throw invalid([{ path: 'customerId', message: 'give customerId, assignedTo or relatedTo' }]);
    const { items, nextCursor } = await store.lookup(activities, 'related', relatedTo, paging);
    const ids = items.map(id => ({ id }));
    return { items: (await store.getAll(activities, ids)).filter(keep), nextCursor };
  },
  readActivity: readById(activities),
  changeActivity: async ({ params: { id = '' }, body }, ctx) => {
    const before = await needEditable(ctx, id);
    const after = merged(ctx.now, ActivityFields, before, body);
    if (!after) return before;
    mustFitKind(after.kind, after);
    const changes = differences(fieldsOf(ActivityFields, before), fieldsOf(ActivityFields, after));
    const timer = after.dueAt === before.dueAt ? [] : dueTimer(after);
    const event = eventOf(activityChanged, after, { changes });
    return ctx.store.commit([update(activities, before, after), event, ...timer], after);
  },
  completeTask: ({ params: { id = '' }, body: { outcome } }, ctx) => close(ctx, id, 'done', outcome),
  cancelTask: ({ params: { id = '' }, body: { reason } }, ctx) => close(ctx, id, 'cancelled', reason),
  removeActivity: async ({ params: { id = '' } }, ctx) => {
    const activity = await needEditable(ctx, id);
    return ctx.store.commit([remove(activities, activity), eventOf(activityRemoved, activity)], activity);
  },
});
