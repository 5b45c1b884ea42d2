import * as z from 'zod';
import { ActivityKind } from '../../events/activity.ts';
import { CustomerId } from '../../events/ids.ts';
import { nullableFields } from '../customers/customer.ts';
import { AnyId, line, UserId } from '../shared/fields.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Activity, ActivityFields, TaskState } from './activity.ts';

const read = { scope: 'customers.read' } as const;
const write = { scope: 'customers.write' } as const;
const { subject, ...fields } = ActivityFields.shape;
const closed = ['activity.not-a-task', 'task.closed'];

export const activityRoutes = {
  recordActivity: route('POST /v1/activities', {
    summary: 'Record a call, visit, mail, meeting, letter or note of a customer, or set a task',
    ...write,
    body: z.strictObject({ customerId: CustomerId, kind: ActivityKind, ...ActivityFields.shape }),
    reply: Activity,
    status: 201,
    location: ({ id }) => `/v1/activities/${id}`,
    errors: ['customer.not-found'],
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      kind: 'task',
      subject: 'Call back about the test drive',
      dueAt: '2026-11-23T09:00:00Z',
      assignedTo: '5f0c',
    },
  }),
  findActivities: route('GET /v1/activities', {
    summary:
      'Activities of a customer or about a record, latest first; or whose they are to do, open ones by when they are due',
    ...read,
    query: z.strictObject({
      customerId: CustomerId.optional(),
      assignedTo: UserId.optional(),
      relatedTo: AnyId.optional(),
      kind: ActivityKind.optional(),
      state: TaskState.optional(),
      ...paging,
    }),
    reply: page(Activity),
  }),
  readActivity: route('GET /v1/activities/{id}', { summary: 'Read an activity', ...read, reply: Activity }),
  changeActivity: route('PATCH /v1/activities/{id}', {
    summary: 'Change an activity (JSON Merge Patch); a note is its author’s. What it was stays on the timeline',
    ...write,
    body: z.strictObject({ subject: subject.optional(), ...nullableFields(fields) }),
    reply: Activity,
    errors: ['note.not-yours'],
    example: { outcome: 'booked for Saturday', durationMinutes: 12 },
  }),
  completeTask: route('POST /v1/activities/{id}/complete', {
    summary: 'Say that a task is done',
    ...write,
    body: z.strictObject({ outcome: line(500).optional() }),
    reply: Activity,
    errors: closed,
    example: { outcome: 'booked for Saturday' },
  }),
  cancelTask: route('POST /v1/activities/{id}/cancel', {
    summary: 'Say that a task is not to be done any more',
    ...write,
    body: z.strictObject({ reason: line(500).optional() }),
    reply: Activity,
    errors: closed,
    example: { reason: 'she came in by herself' },
  }),
  removeActivity: route('DELETE /v1/activities/{id}', {
    summary: 'Take back an activity that never was; a note is its author’s',
    ...write,
    reply: Activity,
    errors: ['note.not-yours'],
  }),
};
