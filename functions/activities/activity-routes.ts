import * as z from 'zod';
import { ActivityKind } from '../../events/activity.ts';
import { CustomerId } from '../../events/ids.ts';
import { nullableFields } from '../customers/customer.ts';
import { customerNotFound } from '../customers/errors.ts';
import { AnyId, line, UserId } from '../shared/fields.ts';
import { creates, lists, route } from '../shared/http/contract.ts';
import { Activity, ActivityFields, TaskState } from './activity.ts';
import { notATask, noteNotYours, taskClosed } from './errors.ts';

const read = { scope: 'activities.read' } as const;
const write = { scope: 'activities.write' } as const;
const { subject, ...fields } = ActivityFields.shape;
const closed = [notATask, taskClosed];

export const activityRoutes = {
  recordActivity: route('POST /v1/activities', {
    summary: 'Record a call, visit, mail, meeting, letter or note, or create a task',
    ...write,
    body: z.strictObject({ customerId: CustomerId, kind: ActivityKind, ...ActivityFields.shape }),
    reply: Activity,
    ...creates('/v1/activities'),
    errors: [customerNotFound],
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
      'List activities of a customer, related to a record (latest first), or assigned to a user (open ones by due time)',
    ...read,
    ...lists(Activity, {
      customerId: CustomerId.optional(),
      assignedTo: UserId.optional(),
      relatedTo: AnyId.optional(),
      kind: ActivityKind.optional(),
      state: TaskState.optional(),
    }),
  }),
  readActivity: route('GET /v1/activities/{id}', { summary: 'Read an activity', ...read, reply: Activity }),
  changeActivity: route('PATCH /v1/activities/{id}', {
    summary: 'Change an activity (JSON Merge Patch), a note only as its author; the timeline shows the changes',
    ...write,
    body: z.strictObject({ subject: subject.optional(), ...nullableFields(fields) }),
    reply: Activity,
    errors: [noteNotYours],
    example: { outcome: 'booked for Saturday', durationMinutes: 12 },
  }),
  completeTask: route('POST /v1/activities/{id}/complete', {
    summary: 'Complete a task',
    ...write,
    body: z.strictObject({ outcome: line(500).optional() }),
    reply: Activity,
    errors: closed,
    example: { outcome: 'booked for Saturday' },
  }),
  cancelTask: route('POST /v1/activities/{id}/cancel', {
    summary: 'Cancel a task',
    ...write,
    body: z.strictObject({ reason: line(500).optional() }),
    reply: Activity,
    errors: closed,
    example: { reason: 'the customer came to the showroom' },
  }),
  removeActivity: route('DELETE /v1/activities/{id}', {
    summary: 'Delete an activity that was recorded by mistake, a note only as its author',
    ...write,
    reply: Activity,
    errors: [noteNotYours],
  }),
};
