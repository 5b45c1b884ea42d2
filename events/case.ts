import * as z from 'zod';
import { byStaff, bySystem, event, fromCustomer, internal } from './define.ts';
import { CaseId } from './ids.ts';
import { Money } from './money.ts';

export const CaseType = z.enum(['report', 'enquiry', 'feedback', 'complaint']);

/** from low to high */
export const casePriorities = ['low', 'normal', 'high', 'urgent'] as const;
export const CasePriority = z.enum(casePriorities);

/** the due times that a case is watched for */
export const CaseClock = z.enum(['firstResponse', 'nextResponse', 'resolution']);

const Instant = z.iso.datetime();
const number = z.string();
const agentId = z.string();
const example = { number: 'C-7K3M-9Q2R' };

/** what figures are kept by; null in events from before */
const place = {
  queue: z.string().nullable().default(null),
  channel: z.string().nullable().default(null),
  productId: z.string().nullable().default(null),
  createdAt: Instant.nullable().default(null),
};
const seconds = z.int().nullable().default(null);

export const caseOpened = event('service', 'case.opened', fromCustomer, {
  summary: 'a case was opened; starts its routing',
  data: () => z.object({ number, type: CaseType, subject: z.string(), ...place, channel: z.string() }),
  example: { ...example, type: 'complaint', subject: 'Brake noise after the first service', channel: 'web' },
});

export const caseClassified = event('service', 'case.classified', bySystem, {
  summary: 'the category, priority, queue and due times of a case were set',
  data: () =>
    z.object({
      number,
      category: z.string(),
      priority: CasePriority,
      language: z.string().nullable(),
      /** whether it is the first time */
      first: z.boolean().default(false),
      ...place,
      queue: z.string(),
      slaPolicy: z.string().nullable(),
      firstResponseDueAt: Instant.nullable(),
      resolutionDueAt: Instant.nullable(),
    }),
  example: {
    ...example,
    category: 'safety',
    priority: 'urgent',
    language: 'en',
    queue: 'workshop',
    slaPolicy: 'gold',
    firstResponseDueAt: '2026-11-23T05:00:00.000Z',
    resolutionDueAt: '2026-11-25T09:00:00.000Z',
  },
});

export const caseQueued = event('service', 'case.queued', bySystem, {
  summary: 'a case waits in its queue for an agent',
  data: () => z.object({ number, ...place, queue: z.string(), previousAgentId: agentId.nullable() }),
  example: { ...example, queue: 'workshop', previousAgentId: null },
});

export const caseAssigned = event('service', 'case.assigned', byStaff, {
  summary: 'a case was assigned to an agent',
  data: () =>
    z.object({
      number,
      agentId,
      previousAgentId: agentId.nullable(),
      /** by routing, from the queue when an agent became free, or by hand */
      how: z.enum(['routed', 'pulled', 'manual']),
      ...place,
    }),
  example: { ...example, agentId: 'ben', previousAgentId: null, how: 'routed' },
});

export const caseAcknowledged = event('service', 'case.acknowledged', bySystem, {
  contact: 'out',
  summary: 'a case was acknowledged to the customer, with its number and the expected time of a reply',
  data: () => z.object({ number, expectedBy: Instant.nullable() }),
  example: { ...example, expectedBy: '2026-11-23T05:00:00.000Z' },
});

export const caseReplied = event('service', 'case.replied', byStaff, {
  contact: ({ from }) => (from === 'agent' ? 'out' : 'in'),
  summary: 'an agent replied to the customer, or the customer replied',
  data: () =>
    z.object({
      number,
      from: z.enum(['agent', 'customer']),
      messageId: z.string(),
      agentId: agentId.nullable().default(null),
      /** of the first answer: the time that it took, in the hours that were promised */
      firstResponseSeconds: seconds,
      late: z.boolean().default(false),
      ...place,
    }),
  example: { ...example, from: 'agent', messageId: 'cmsg_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const caseNoted = event('service', 'case.noted', byStaff, {
  summary: 'an internal note was added to a case',
  data: () => z.object({ number, messageId: z.string() }),
  example: { ...example, messageId: 'cmsg_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const caseResumed = event('service', 'case.resumed', bySystem, {
  summary:
    'the clocks of a case run again: its customer replied, its agent left it, or another case was merged into it',
  data: () => z.object({ number, resolutionDueAt: Instant.nullable() }),
  example: { ...example, resolutionDueAt: '2026-11-25T09:00:00.000Z' },
});

export const caseEscalated = event('service', 'case.escalated', bySystem, {
  summary: 'a due time of a case was missed: its priority rises by one',
  data: () =>
    z.object({
      number,
      clock: CaseClock,
      dueAt: Instant,
      agentId: agentId.nullable(),
      priority: z.object({ from: CasePriority, to: CasePriority }),
    }),
  example: {
    ...example,
    clock: 'firstResponse',
    dueAt: '2026-11-23T05:00:00.000Z',
    agentId: 'ben',
    priority: { from: 'normal', to: 'high' },
  },
});

const clockData = () => z.object({ number, clock: CaseClock, dueAt: Instant, agentId: agentId.nullable(), ...place });
const clockExample = { ...example, clock: 'nextResponse', dueAt: '2026-11-23T05:00:00.000Z', agentId: 'ben' } as const;

export const caseSlaWarning = event('service', 'case.sla-warning', bySystem, {
  summary: 'a due time of a case comes near, as its SLA policy warns; once per clock',
  data: clockData,
  example: clockExample,
});

export const caseSlaBreached = event('service', 'case.sla-breached', bySystem, {
  summary: 'a due time of a case was missed; once per clock',
  data: clockData,
  example: clockExample,
});

export const caseResolved = event('service', 'case.resolved', byStaff, {
  summary: 'a case was resolved',
  data: () =>
    z.object({
      number,
      agentId: agentId.nullable(),
      resolution: z.string().nullable(),
      workingSeconds: seconds,
      late: z.boolean().default(false),
      ...place,
    }),
  example: { ...example, agentId: 'ben', resolution: 'New brake pads fitted' },
});

export const caseReopened = event('service', 'case.reopened', byStaff, {
  summary: 'a resolved or closed case was reopened; starts its routing again',
  data: () =>
    z.object({ number, by: z.enum(['agent', 'customer']), agentId: agentId.nullable().default(null), ...place }),
  example: { ...example, by: 'customer' },
});

export const caseClosed = event('service', 'case.closed', byStaff, {
  summary: 'a case was closed: by hand, a week after it was resolved, by a merge, or by the erasure of its customer',
  data: () =>
    z.object({
      number,
      reason: z.enum(['manual', 'unobjected', 'merged', 'erased']),
      mergedInto: CaseId.nullable(),
      /** whether it was not resolved before */
      wasOpen: z.boolean().default(false),
      ...place,
    }),
  example: { ...example, reason: 'unobjected', mergedInto: null },
});

export const caseRated = event('service', 'case.rated', fromCustomer, {
  summary: 'the customer rated a case',
  data: () =>
    z.object({
      number,
      agentId: agentId.nullable(),
      score: z.int().min(1).max(5),
      recommend: z.int().min(0).max(10).nullable().default(null),
      comment: z.string().nullable(),
      ...place,
    }),
  example: { ...example, agentId: 'ben', score: 5, comment: 'Quick and kind' },
});

export const caseDiscarded = event('service', 'case.discarded', bySystem, {
  summary: 'a closed case was deleted with its messages after the retention period',
  data: () => z.object({ number }),
  example,
});

export const caseChanged = event('service', 'case.changed', byStaff, {
  summary: 'fields of a case were changed',
  data: () =>
    z.object({ number, fields: z.array(z.string()), priority: CasePriority.nullable(), queue: z.string().nullable() }),
  example: { ...example, fields: ['priority'], priority: 'urgent', queue: 'workshop' },
});

export const caseSnoozed = event('service', 'case.snoozed', byStaff, {
  summary: 'a case was put off: it comes back at that time, or when its customer writes',
  data: () => z.object({ number, until: Instant }),
  example: { ...example, until: '2026-11-25T09:00:00.000Z' },
});

export const caseDue = event('timers', 'case.due', internal, {
  summary: 'something of a case is due: it comes back, overflows its queue, is replied to, or its legal clock runs out',
  data: () => z.object({ what: z.enum(['wake', 'overflow', 'reply', 'legalWarning', 'legal']), of: z.string() }),
  example: { what: 'wake', of: '2026-11-25T09:00:00.000Z' },
});

export const caseSplit = event('service', 'case.split', byStaff, {
  summary: 'another case was made of some messages of a case',
  data: () => z.object({ number, into: CaseId, messages: z.int() }),
  example: { ...example, into: 'case_01jd5e7k3m9q2r4t6v8w0x1y2z', messages: 1 },
});

export const caseCompensated = event('service', 'case.compensated', byStaff, {
  summary: 'a customer was granted compensation for what a case is about',
  data: () => z.object({ number, amount: Money, reason: z.string() }),
  example: { ...example, amount: { amount: 5_000, currency: 'SGD' }, reason: 'The second visit for one fault' },
});

export const caseLegalClock = event('service', 'case.legal-clock', bySystem, {
  summary: 'the legal clock of a complaint comes near its end, or has run out; once each',
  data: () => z.object({ number, missed: z.boolean(), dueAt: Instant, agentId: agentId.nullable() }),
  example: { ...example, missed: true, dueAt: '2027-01-18T09:00:00.000Z', agentId: 'ben' },
});

export const caseFollowed = event('service', 'case.follower-notified', bySystem, {
  summary: 'something happened to a case that a staff member follows',
  data: () => z.object({ number, userId: z.string(), what: z.string() }),
  example: { ...example, userId: 'mei', what: 'case.resolved' },
});

export const caseTeamNotified = event('service', 'case.team-notified', bySystem, {
  summary: 'an escalation of an SLA policy notifies a team',
  data: () => z.object({ number, team: z.string(), on: z.enum(['warning', 'breach']), clock: CaseClock }),
  example: { ...example, team: 'key-accounts', on: 'breach', clock: 'resolution' },
});
