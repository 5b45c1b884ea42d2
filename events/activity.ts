import * as z from 'zod';
import { Changes } from './customer.ts';
import { byStaff, bySystem, event, internal } from './define.ts';

export const ActivityKind = z.enum(['call', 'visit', 'mail', 'meeting', 'note', 'task', 'letter']);

const Data = z.object({
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

export const activityRecorded = event('customers', 'activity.recorded', byStaff, {
  contact: ({ direction }) => (direction ? (direction === 'inbound' ? 'in' : 'out') : null),
  summary: 'an activity of a customer was recorded, or a task was created',
  data: () => Data,
  example: { ...call, occurredAt: '2026-11-22T09:00:00Z' },
});

export const activityChanged = event('customers', 'activity.changed', byStaff, {
  summary: 'an activity was changed',
  data: () => Data.extend({ changes: Changes }),
  example: { ...call, changes: [{ attribute: 'outcome', from: null, to: 'booked' }] },
});

export const activityRemoved = event('customers', 'activity.removed', byStaff, {
  summary: 'an activity that was recorded by mistake was deleted',
  data: () => Data,
  example: call,
});

export const taskCompleted = event('customers', 'task.completed', byStaff, {
  summary: 'a task was completed',
  data: () => Data,
  example: { ...task, outcome: 'booked for Saturday' },
});

export const taskCancelled = event('customers', 'task.cancelled', byStaff, {
  summary: 'a task was cancelled',
  data: () => Data,
  example: task,
});

export const taskDue = event('timers', 'task.due', internal, {
  summary: 'the due time of a task has come; `task.overdue` follows if it is still open',
  data: () => z.object({ dueAt: z.iso.datetime() }),
  example: { dueAt: '2026-11-23T09:00:00Z' },
});

export const taskOverdue = event('customers', 'task.overdue', bySystem, {
  summary: 'a task is still open at its due time',
  data: () => Data,
  example: task,
});
