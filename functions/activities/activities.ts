import { activityChanged, activityRemoved, taskCancelled, taskCompleted } from '../../events/activity.ts';
import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { differences } from '../shared/json.ts';
import { eventOf, remove, update, updated } from '../shared/store/changes.ts';
import { changeById, fieldsOf, having, merged, readById } from '../shared/store/records.ts';
import {
  type Activity,
  ActivityFields,
  activities,
  assignedOf,
  dueTimer,
  isOpenTask,
  mustFitKind,
  newActivity,
  TaskState,
} from './activity.ts';
import { activityRoutes } from './activity-routes.ts';
import { notATask, noteNotYours, taskClosed } from './errors.ts';

/** notes belong to their author and to administrators */
const mustBeEditable = ({ kind, by }: Activity, { actor, scopes }: Ctx) => {
  if (kind === 'note' && by !== actor && !scopes.has('settings.admin')) throw noteNotYours();
};

const closed = (now: string, before: Activity, state: 'done' | 'cancelled', outcome?: string) => {
  if (!before.state) throw notATask(`The activity is a ${before.kind}, not a task.`);
  if (!isOpenTask(before)) throw taskClosed(`The task is already ${before.state}. Record a new task.`);
  const happened = state === 'done' && before.kind !== 'task' ? { occurredAt: before.occurredAt ?? now } : {};
  const after = updated(now, before, { state, closedAt: now, ...happened, ...(outcome ? { outcome } : {}) });
  const event = eventOf(state === 'done' ? taskCompleted : taskCancelled, after);
  return { after, changes: [update(activities, before, after), event] };
};

export const activityHandlers = handlers(activityRoutes, {
  recordActivity: async ({ body }, ctx) => {
    const { id: customerId } = await needCustomer(ctx.store, body.customerId);
    const { activity, changes } = newActivity(ctx, { ...body, customerId });
    return ctx.store.commit(changes, activity);
  },
  findActivities: async ({ query: { customerId, assignedTo, relatedTo, state, kind, ...paging } }, { store }) => {
    const keep = having<Activity>({ state, kind, assignedTo, relatedTo });
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
    return { items: (await store.getByIds(activities, items)).filter(keep), nextCursor };
  },
  readActivity: readById(activities),
  changeActivity: changeById(activities, (before, patch: object, ctx) => {
    mustBeEditable(before, ctx);
    const after = merged(ctx.now, ActivityFields, before, patch);
    if (!after) return { after: before, changes: [] };
    mustFitKind(after.kind, after, after.state);
    const changes = differences(fieldsOf(ActivityFields, before), fieldsOf(ActivityFields, after));
    const timer = after.dueAt === before.dueAt ? [] : dueTimer(after);
    const event = eventOf(activityChanged, after, { changes });
    return { after, changes: [update(activities, before, after), event, ...timer] };
  }),
  completeTask: changeById(activities, (before, { outcome }, { now }) => closed(now, before, 'done', outcome)),
  cancelTask: changeById(activities, (before, { reason }, { now }) => closed(now, before, 'cancelled', reason)),
  removeActivity: changeById(activities, (before, _, ctx) => {
    mustBeEditable(before, ctx);
    return { after: before, changes: [remove(activities, before), eventOf(activityRemoved, before)] };
  }),
});
