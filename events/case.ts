import * as z from 'zod';
import { event } from './define.ts';
import { CaseId } from './ids.ts';

export const caseTypes = ['report', 'enquiry', 'feedback', 'complaint'] as const;
export const CaseType = z.enum(caseTypes);

/** rising */
export const casePriorities = ['low', 'normal', 'high', 'urgent'] as const;
export const CasePriority = z.enum(casePriorities);

/** the promises a case is watched for */
export const caseClocks = ['firstResponse', 'resolution'] as const;
export const CaseClock = z.enum(caseClocks);

const Instant = z.iso.datetime();
const number = z.string();
const agentId = z.string();
const example = { number: 'C-7K3M-9Q2R' };

export const caseOpened = event('service', 'case.opened', {
  by: 'customer',
  contact: 'in',
  triggers: true,
  summary: 'a customer reported, asked, praised or complained; starts the routing of the case',
  data: () => z.object({ number, type: CaseType, subject: z.string(), channel: z.string() }),
  example: { ...example, type: 'complaint', subject: 'Brake noise after the first service', channel: 'web' },
});

export const caseClassified = event('service', 'case.classified', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'category, priority, queue and promised times of a case have been settled',
  data: () =>
    z.object({
      number,
      category: z.string(),
      priority: CasePriority,
      language: z.string().nullable(),
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

export const caseQueued = event('service', 'case.queued', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'no agent is free for a case: it waits in its queue',
  data: () => z.object({ number, queue: z.string(), previousAgentId: agentId.nullable() }),
  example: { ...example, queue: 'workshop', previousAgentId: null },
});

export const caseAssigned = event('service', 'case.assigned', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an agent has been given a case',
  data: () =>
    z.object({
      number,
      agentId,
      previousAgentId: agentId.nullable(),
      /** routed at once, pulled from the queue when somebody became free, or by hand */
      how: z.enum(['routed', 'pulled', 'manual']),
    }),
  example: { ...example, agentId: 'ben', previousAgentId: null, how: 'routed' },
});

export const caseAcknowledged = event('service', 'case.acknowledged', {
  by: 'system',
  contact: 'out',
  triggers: true,
  summary: 'the customer was told the reference of the case and when to expect an answer',
  data: () => z.object({ number, expectedBy: Instant.nullable() }),
  example: { ...example, expectedBy: '2026-11-23T05:00:00.000Z' },
});

export const caseReplied = event('service', 'case.replied', {
  by: 'staff',
  contact: ({ from }) => (from === 'agent' ? 'out' : 'in'),
  triggers: true,
  summary: 'an agent answered the customer, or the customer wrote again',
  data: () => z.object({ number, from: z.enum(['agent', 'customer']), messageId: z.string() }),
  example: { ...example, from: 'agent', messageId: 'cmsg_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const caseNoted = event('service', 'case.noted', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody wrote an internal note on a case',
  data: () => z.object({ number, messageId: z.string() }),
  example: { ...example, messageId: 'cmsg_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const caseResumed = event('service', 'case.resumed', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'the customer answered: the case waits no longer, the resolution clock runs on',
  data: () => z.object({ number, resolutionDueAt: Instant.nullable() }),
  example: { ...example, resolutionDueAt: '2026-11-25T09:00:00.000Z' },
});

export const caseEscalated = event('service', 'case.escalated', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'a promised time has passed: the priority rises by one',
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

export const caseResolved = event('service', 'case.resolved', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'the matter is settled, as far as the agent knows',
  data: () => z.object({ number, agentId: agentId.nullable(), resolution: z.string().nullable() }),
  example: { ...example, agentId: 'ben', resolution: 'New brake pads fitted' },
});

export const caseReopened = event('service', 'case.reopened', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a settled case is not settled after all; starts its routing anew',
  data: () => z.object({ number, by: z.enum(['agent', 'customer']) }),
  example: { ...example, by: 'customer' },
});

export const caseClosed = event('service', 'case.closed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary:
    'a settled case is put away: by hand, after the days to object, merged into another, or gone with its customer',
  data: () =>
    z.object({ number, reason: z.enum(['manual', 'unobjected', 'merged', 'erased']), mergedInto: CaseId.nullable() }),
  example: { ...example, reason: 'unobjected', mergedInto: null },
});

export const caseRated = event('service', 'case.rated', {
  by: 'customer',
  contact: 'in',
  triggers: true,
  summary: 'the customer said how content they are with a case',
  data: () =>
    z.object({ number, agentId: agentId.nullable(), score: z.int().min(1).max(5), comment: z.string().nullable() }),
  example: { ...example, agentId: 'ben', score: 5, comment: 'Quick and kind' },
});

export const caseDiscarded = event('service', 'case.discarded', {
  by: 'system',
  contact: null,
  triggers: true,
  summary:
    'a case was closed longer ago than the company keeps them: it is no more, and nothing that was written on it',
  data: () => z.object({ number }),
  example,
});
