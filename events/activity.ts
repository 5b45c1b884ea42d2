import * as z from 'zod';
import { event } from './define.ts';

export const activityKinds = ['call', 'visit', 'mail', 'meeting', 'note', 'task', 'letter'] as const;
export const ActivityKind = z.enum(activityKinds);

const Told = z.object({
  kind: ActivityKind,
  subject: z.string(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  outcome: z.string().optional(),
  occurredAt: z.iso.datetime().optional(),
  dueAt: z.iso.datetime().optional(),
  assignedTo: z.string().optional(),
  relatedTo: z.string().optional(),
});

const call = { kind: 'call', subject: 'Asked for a test drive', direction: 'inbound' } as const;
const task = { kind: 'task', subject: 'Call back about the test drive', dueAt: '2026-11-23T09:00:00Z' } as const;

export const activityRecorded = event('customers', 'activity.recorded', {
  by: 'staff',
  contact: ({ direction }) => (direction ? (direction === 'inbound' ? 'in' : 'out') : null),
  triggers: true,
  summary: 'somebody called, visited, wrote to or noted something of a customer, or set a task for one',
  data: () => Told,
  example: { ...call, occurredAt: '2026-11-22T09:00:00Z' },
});

export const activityChanged = event('customers', 'activity.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what was recorded of an activity was changed',
  data: () =>
    Told.extend({ changes: z.array(z.object({ attribute: z.string(), from: z.unknown(), to: z.unknown() })) }),
  example: { ...call, changes: [{ attribute: 'outcome', from: null, to: 'booked' }] },
});

export const activityRemoved = event('customers', 'activity.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an activity was taken back: it never was',
  data: () => Told,
  example: call,
});

export const taskCompleted = event('customers', 'task.completed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a task for a customer is done',
  data: () => Told,
  example: { ...task, outcome: 'booked for Saturday' },
});

export const taskCancelled = event('customers', 'task.cancelled', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a task for a customer is not to be done any more',
  data: () => Told,
  example: task,
});

export const taskDue = event('timers', 'task.due', {
  by: 'system',
  contact: null,
  triggers: false,
  summary: 'the time is up for a task, done or not; `task.overdue` follows when it is not',
  data: () => z.object({ dueAt: z.iso.datetime() }),
  example: { dueAt: '2026-11-23T09:00:00Z' },
});

export const taskOverdue = event('customers', 'task.overdue', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'a task for a customer is still open at the time it was due',
  data: () => Told,
  example: task,
});
