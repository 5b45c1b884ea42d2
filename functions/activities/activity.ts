import * as z from 'zod';
import {
  ActivityKind,
  activityChanged,
  activityRecorded,
  activityRemoved,
  taskCancelled,
  taskCompleted,
} from '../../events/activity.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import { AnyId, line, prose, UserId } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { bodyOf } from '../shared/text/searchable-text.ts';

/** what may be changed of an activity */
export const ActivityFields = z.strictObject({
  subject: line(300),
  body: prose(20_000).optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  outcome: line(500).optional(),
  durationMinutes: z.int().min(0).max(100_000).optional(),
  occurredAt: Instant.optional().describe('now unless said; a task has none'),
  dueAt: Instant.optional().describe('of a task'),
  assignedTo: UserId.optional(),
  place: z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }).optional(),
  relatedTo: AnyId.optional().describe('the case, order, opportunity … that it was for'),
});
type Fields = z.output<typeof ActivityFields>;

export const TaskState = z.enum(['open', 'done', 'cancelled']);

/** What somebody did for a customer, noted of it, or is to do. */
export const Activity = z.object({
  id: idOf('activity'),
  customerId: CustomerId,
  kind: ActivityKind,
  ...ActivityFields.shape,
  /** of a task */
  state: TaskState.optional(),
  closedAt: Instant.optional(),
  /** who recorded it */
  by: z.string(),
  ...stamps,
});
export type Activity = z.output<typeof Activity>;

export const isOpenTask = ({ state }: Pick<Activity, 'state'>) => state === 'open';

/** what somebody is assigned to, in a state; what is no task has none */
export const assignedOf = (assignedTo: string, state: Activity['state'] | 'none') => `${assignedTo}#${state}`;

const never = '9999';

export const activities = entity('activity', Activity, {
  onErase: 'delete',
  // of what was done there is much: only open tasks are among the records that the single view reads
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
    scope: 'customers.read',
    events: [activityRecorded, activityChanged, activityRemoved, taskCompleted, taskCancelled],
    of: ({ subject, body, outcome, by, occurredAt, createdAt }) => ({
      at: occurredAt ?? createdAt,
      by,
      title: subject,
      body: bodyOf(body, outcome),
    }),
  },
});

/** what events tell of an activity: not what was written */
export const told = ({ kind, subject, direction, outcome, occurredAt, dueAt, assignedTo, relatedTo }: Activity) => ({
  kind,
  subject,
  direction,
  outcome,
  occurredAt,
  dueAt,
  assignedTo,
  relatedTo,
});

/** a task is due and has not occurred; anything else has occurred and is not due */
export const mustFitKind = (kind: Activity['kind'], { dueAt, occurredAt }: Pick<Fields, 'dueAt' | 'occurredAt'>) => {
  if (kind === 'task' && occurredAt) throw invalid([{ path: 'occurredAt', message: 'a task has dueAt instead' }]);
  if (kind !== 'task' && dueAt) throw invalid([{ path: 'dueAt', message: `is for tasks, and this is a ${kind}` }]);
};
