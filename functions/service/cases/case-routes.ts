import * as z from 'zod';
import { CaseId, CustomerId } from '../../../events/ids.ts';
import { page, paging, route } from '../../shared/http/contract.ts';
import { Key, NaturalKey } from '../desk/keys.ts';
import { CaseFields, CaseMessage, CaseStatus, CaseText, Rating, ShownCase } from './case.ts';

const command = { scope: 'service.write', reply: ShownCase } as const;

export const caseRoutes = {
  openCase: route('POST /v1/cases', {
    summary: 'Open a case: a report, an enquiry, feedback or a complaint',
    scope: 'service.write',
    body: CaseFields,
    reply: ShownCase,
    status: 201,
    location: ({ id }) => `/v1/cases/${id}`,
    errors: ['customer.not-found'],
    example: {
      from: { email: 'ada.tan@example.com', name: 'Ada Tan' },
      subject: 'Brake noise after the first service',
      description: 'Since the service last week the front brakes squeal when the car is cold.',
      type: 'complaint',
      channel: 'web',
    },
  }),
  findCases: route('GET /v1/cases', {
    summary: 'Cases, latest first; by number, status, queue, agent or customer',
    scope: 'service.read',
    query: z.strictObject({
      number: z.string().max(40).optional(),
      status: CaseStatus.optional(),
      queue: Key.optional(),
      agentId: NaturalKey.optional(),
      customerId: CustomerId.optional(),
      ...paging,
    }),
    reply: page(ShownCase),
  }),
  readCase: route('GET /v1/cases/{id}', { summary: 'Read a case', scope: 'service.read', reply: ShownCase }),
  readThread: route('GET /v1/cases/{id}/messages', {
    summary: 'What was written on a case by the customer and by agents, newest first',
    scope: 'service.read',
    query: z.strictObject(paging),
    reply: page(CaseMessage),
  }),
  replyToCase: route('POST /v1/cases/{id}/reply', {
    summary: 'Answer the customer, or take down what the customer answered',
    ...command,
    body: z.strictObject({ body: CaseText, from: z.enum(['agent', 'customer']).default('agent') }),
    errors: ['case.not-open'],
    example: { body: 'We have ordered new brake pads and will call you on Tuesday.' },
  }),
  noteOnCase: route('POST /v1/cases/{id}/note', {
    summary: 'Write an internal note, which the customer never sees',
    ...command,
    body: z.strictObject({ body: CaseText }),
    example: { body: 'Pads are out of stock until Monday.' },
  }),
  assignCase: route('POST /v1/cases/{id}/assign', {
    summary: 'Give a case to an agent, or put it into a queue',
    ...command,
    body: z
      .strictObject({ agentId: NaturalKey.optional(), queue: Key.optional() })
      .refine(({ agentId, queue }) => Boolean(agentId) !== Boolean(queue), 'say either agentId or queue'),
    errors: ['case.not-open', 'agent.not-found', 'agent.full', 'queue.not-found'],
    example: { agentId: 'ben' },
  }),
  resolveCase: route('POST /v1/cases/{id}/resolve', {
    summary: 'Settle a case; the customer is asked how it went',
    ...command,
    body: z.strictObject({ resolution: CaseText.optional() }),
    errors: ['case.not-open'],
    example: { resolution: 'New brake pads fitted' },
  }),
  reopenCase: route('POST /v1/cases/{id}/reopen', {
    summary: 'Take up a settled or closed case again; it is routed anew, to whoever handled it if possible',
    ...command,
    body: z.strictObject({ reason: CaseText.optional() }),
    errors: ['case.not-resolved', 'case.merged'],
    example: { reason: 'The noise is back' },
  }),
  closeCase: route('POST /v1/cases/{id}/close', {
    summary: 'Put a settled case away before its days to object are over',
    ...command,
    body: z.strictObject({}),
    errors: ['case.not-resolved'],
    example: {},
  }),
  mergeCase: route('POST /v1/cases/{id}/merge', {
    summary: 'Close a case as a repetition of another one of the same customer',
    ...command,
    body: z.strictObject({ into: CaseId }),
    errors: ['case.not-open', 'case.merge-into-itself', 'case.other-customer'],
    example: { into: 'case_01jd5e7k3m9q2r4t6v8w0x1y2z' },
  }),
  showSatisfactionPage: route('GET /v1/satisfaction/{token}', {
    summary: 'The page on which a customer rates a case',
    auth: 'link',
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
    errors: ['link.invalid'],
  }),
  rateCase: route('POST /v1/satisfaction/{token}', {
    summary: 'Rate a case, by the link that the customer was sent',
    auth: 'link',
    body: z.strictObject({ score: z.int().min(1).max(5), comment: z.string().trim().max(2000).optional() }),
    reply: Rating,
    errors: ['link.invalid', 'case.rated'],
    example: { score: 5, comment: 'Quick and kind' },
  }),
};
