import * as z from 'zod';
import {
  ActivityKind,
  activityChanged,
  activityRecorded,
  activityRemoved,
  taskCancelled,
  taskCompleted,
  taskDue,
} from '../../events/activity.ts';
import { CustomerId, idOf, newId } from '../../events/ids.ts';
import { AnyId, line, prose, UserId } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { type Change, created, eventOf, insert, schedule } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { bodyOf } from '../shared/text/searchable-text.ts';

export const ActivityFields = z.strictObject({
  subject: line(300),
  body: prose(20_000).optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  outcome: line(500).optional(),
  durationMinutes: z.int().min(0).max(100_000).optional(),
  occurredAt: Instant.optional().describe('default: now; not for tasks'),
  dueAt: Instant.optional().describe('for tasks only'),
  assignedTo: UserId.optional(),
  place: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }).optional(),
  relatedTo: AnyId.optional().describe('the related case, order, opportunity or other record'),
});

export const TaskState = z.enum(['open', 'done', 'cancelled']);

/** A contact with a customer, a note on it, or a task for it. */
export const Activity = z.object({
  id: idOf('activity'),
  customerId: CustomerId,
  kind: ActivityKind,
  ...ActivityFields.shape,
  /** of a task, and of what else is planned */
  state: TaskState.optional(),
  closedAt: Instant.optional(),
  /** who recorded it */
  by: z.string(),
  ...stamps,
});
export type Activity = z.output<typeof Activity>;

export const isOpenTask = ({ state }: Pick<Activity, 'state'>) => state === 'open';

/** the list key of a user's tasks in a state; `none`: what is not a task */
export const assignedOf = (assignedTo: string, state: Activity['state'] | 'none') => `${assignedTo}#${state}`;

const never = '9999';

export const activities = entity('activity', Activity, {
  onMerge: 'follow',
  onErase: 'delete',
  // activities are many: only open tasks are among the records that the single view reads
  owner: activity => (isOpenTask(activity) ? activity.customerId : undefined),
  lists: {
    customer: { by: ({ customerId }) => customerId },
    assigned: {
      by: ({ assignedTo, state }) => (assignedTo ? assignedOf(assignedTo, state ?? 'none') : undefined),
      sort: ({ dueAt, occurredAt }) => dueAt ?? occurredAt ?? never,
    },
  },
  entries: { related: { of: ({ relatedTo }) => [relatedTo] } },
  searchText: {
    scope: 'activities.read',
    events: [activityRecorded, activityChanged, activityRemoved, taskCompleted, taskCancelled],
    of: ({ subject, body, outcome, occurredAt, createdAt }) => ({
      at: occurredAt ?? createdAt,
      title: subject,
      body: bodyOf(body, outcome),
    }),
  },
});

type Times = Pick<z.output<typeof ActivityFields>, 'dueAt' | 'occurredAt'>;

/** a task has `dueAt`, every other kind `occurredAt` unless it is planned */
export const mustFitKind = (kind: Activity['kind'], { dueAt, occurredAt }: Times, state?: Activity['state']) => {
  if (state && kind !== 'task') return;
  if (kind === 'task' && occurredAt) throw invalid([{ path: 'occurredAt', message: 'is not for tasks; use dueAt' }]);
  if (kind !== 'task' && dueAt) throw invalid([{ path: 'dueAt', message: `is for tasks only, not for a ${kind}` }]);
};

type Fields = z.output<typeof ActivityFields> & Pick<Activity, 'customerId' | 'kind'>;

/** the timer of an open task that has a due time */
export const dueTimer = (task: Activity): Change[] =>
  isOpenTask(task) && task.dueAt
    ? [schedule(task.dueAt, taskDue, { customerId: task.customerId, about: task.id, data: { dueAt: task.dueAt } })]
    : [];

const recorded = (
  { now, actor }: Pick<Ctx, 'now' | 'actor'>,
  fields: Fields,
  at: Pick<Activity, 'state' | 'occurredAt'>,
) => {
  const activity: Activity = created(now, {
    ...fields,
    id: newId('activity', now),
    ...at,
    by: actor,
  });
  const changes = [insert(activities, activity), eventOf(activityRecorded, activity), ...dueTimer(activity)];
  return { activity, changes };
};

export const newActivity = (ctx: Pick<Ctx, 'now' | 'actor'>, fields: Fields) => {
  mustFitKind(fields.kind, fields);
  const { kind, occurredAt = ctx.now } = fields;
  return recorded(ctx, fields, kind === 'task' ? { state: 'open' } : { occurredAt });
};

/** What is to be done for a customer, of any kind: open until it is completed. */
export const plannedActivity = (ctx: Pick<Ctx, 'now' | 'actor'>, fields: Omit<Fields, 'occurredAt'>) =>
  recorded(ctx, fields, { state: 'open' });

/** A task for a customer, with the changes that create it: the caller commits them with its own. */
export const newTask = (ctx: Pick<Ctx, 'now' | 'actor'>, fields: Omit<Fields, 'kind' | 'occurredAt'>) =>
  newActivity(ctx, { ...fields, kind: 'task' });
