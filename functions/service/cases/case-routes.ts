import * as z from 'zod';
import { CaseId, CustomerId } from '../../../events/ids.ts';
import { agentNotFound } from '../../assignment/errors.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { line } from '../../shared/fields.ts';
import { creates, Instant, lists, route } from '../../shared/http/contract.ts';
import { AgentId, Key } from '../desk/fields.ts';
import {
  agentFull,
  caseAlreadyRated,
  caseChecklistOpen,
  caseMerged,
  caseMergeIntoItself,
  caseNotFound,
  caseNotOpen,
  caseNotResolved,
  caseOtherCustomer,
  linkInvalid,
  queueNotFound,
} from '../errors.ts';
import { CaseMessage, CaseStatus, piles, Rating, ShownCase } from './case.ts';
import { CaseFields, CaseText, Target } from './case-fields.ts';

const command = { scope: 'service.write', reply: ShownCase } as const;

export const caseRoutes = {
  openCase: route('POST /v1/cases', {
    summary: 'Open a case: a report, an enquiry, feedback or a complaint',
    scope: 'service.write',
    body: CaseFields,
    reply: ShownCase,
    ...creates('/v1/cases'),
    errors: [customerNotFound],
    example: {
      from: { email: 'ada.tan@example.com', name: 'Ada Tan' },
      subject: 'Brake noise after the first service',
      description: 'Since the service last week the front brakes squeal when the car is cold.',
      type: 'complaint',
      channel: 'web',
    },
  }),
  findCases: route('GET /v1/cases', {
    summary: 'List cases, newest first, by number, status, queue, agent or customer',
    scope: 'service.read',
    ...lists(ShownCase, {
      number: z.string().max(40).optional(),
      status: CaseStatus.optional(),
      queue: Key.optional(),
      agentId: AgentId.optional(),
      customerId: CustomerId.optional(),
    }),
  }),
  readCase: route('GET /v1/cases/{id}', { summary: 'Read a case', scope: 'service.read', reply: ShownCase }),
  replyToCase: route('POST /v1/cases/{id}/reply', {
    summary:
      'Reply to the customer, or record a reply of the customer. A reply to a merged case goes to the one it was merged into',
    ...command,
    body: z.strictObject({
      body: CaseText,
      from: z.enum(['agent', 'customer']).default('agent'),
      at: Instant.describe('When a reply of an agent is to be sent; without: now.').optional(),
    }),
    errors: [caseNotOpen],
    example: { body: 'We have ordered new brake pads and will call you on Tuesday.' },
  }),
  noteOnCase: route('POST /v1/cases/{id}/note', {
    summary: 'Add an internal note, which the customer does not see',
    ...command,
    body: z.strictObject({ body: CaseText }),
    example: { body: 'Pads are out of stock until Monday.' },
  }),
  assignCase: route('POST /v1/cases/{id}/assign', {
    summary: 'Assign a case to an agent or a queue',
    ...command,
    body: Target,
    errors: [caseNotOpen, agentNotFound, agentFull, queueNotFound],
    example: { agentId: 'ben' },
  }),
  resolveCase: route('POST /v1/cases/{id}/resolve', {
    summary: 'Resolve a case; the customer gets a rating request',
    ...command,
    body: z.strictObject({ resolution: CaseText.optional() }),
    errors: [caseNotOpen, caseChecklistOpen],
    example: { resolution: 'New brake pads fitted' },
  }),
  reopenCase: route('POST /v1/cases/{id}/reopen', {
    summary: 'Reopen a resolved or closed case; it is routed again, if possible to the same agent',
    ...command,
    body: z.strictObject({ reason: CaseText.optional() }),
    errors: [caseNotResolved, caseMerged],
    example: { reason: 'The noise is back' },
  }),
  closeCase: route('POST /v1/cases/{id}/close', {
    summary: 'Close a resolved case before it closes by itself',
    ...command,
    body: z.strictObject({}),
    errors: [caseNotResolved],
    example: {},
  }),
  mergeCase: route('POST /v1/cases/{id}/merge', {
    summary: 'Merge a case into another case of the same customer',
    ...command,
    body: z.strictObject({ into: CaseId }),
    errors: [caseNotOpen, caseMergeIntoItself, caseOtherCustomer],
    example: { into: 'case_01jd5e7k3m9q2r4t6v8w0x1y2z' },
  }),
};

export const RatingFields = z.strictObject({
  score: z.int().min(1).max(5),
  recommend: z.int().min(0).max(10).describe('How likely they are to recommend the company.').optional(),
  comment: z.string().trim().max(2000).optional(),
});

/** by the signed link that the customer was sent */
export const ratingRoutes = {
  showSatisfactionPage: route('GET /v1/satisfaction/{token}', {
    summary: 'Show the page on which a customer rates a case',
    auth: 'link',
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
  }),
  rateByForm: route('POST /v1/satisfaction/{token}/form', {
    summary: 'Rate a case by the form of that page',
    auth: 'link',
    rawBody: true, // a form
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
  }),
  rateCase: route('POST /v1/satisfaction/{token}', {
    summary: 'Rate a case by the link in the rating request',
    auth: 'link',
    body: RatingFields,
    reply: Rating,
    errors: [linkInvalid, caseAlreadyRated],
    example: { score: 5, comment: 'Quick and kind' },
  }),
};

/** a case as its customer sees it: without its agent, queue and SLA */
export const MyCase = ShownCase.pick({
  id: true,
  number: true,
  status: true,
  subject: true,
  description: true,
  type: true,
  productId: true,
  resolvedAt: true,
  resolution: true,
  closedAt: true,
  satisfaction: true,
  version: true,
  createdAt: true,
  updatedAt: true,
});

export const MyCaseMessage = CaseMessage.pick({ id: true, body: true, at: true }).extend({
  from: z.enum(['me', 'company']),
});

const { subject, description, type, language, productId } = CaseFields.shape;

export const myCaseRoutes = {
  listMyCases: route('GET /v1/me/cases', {
    summary: 'List the customer’s own cases, newest first, or find some by words of their number, subject or text',
    auth: 'customer',
    ...lists(MyCase, { q: line(200).optional(), state: z.enum(piles).optional() }),
  }),
  openMyCase: route('POST /v1/me/cases', {
    summary: 'Open a case as a customer',
    auth: 'customer',
    body: z.strictObject({ subject, description, type: type.default('enquiry'), language, productId }),
    reply: MyCase,
    ...creates('/v1/me/cases'),
    example: { subject: 'Second key', description: 'How do I get a second key for my car?' },
  }),
  readMyCase: route('GET /v1/me/cases/{id}', {
    summary: 'Read a case of the customer',
    auth: 'customer',
    reply: MyCase,
    errors: [caseNotFound],
  }),
  readMyThread: route('GET /v1/me/cases/{id}/messages', {
    summary: 'List the messages of a case of the customer, newest first, without internal notes',
    auth: 'customer',
    ...lists(MyCaseMessage),
    errors: [caseNotFound],
  }),
  replyToMyCase: route('POST /v1/me/cases/{id}/reply', {
    summary: 'Reply to a case as its customer; a resolved or closed case is reopened',
    auth: 'customer',
    body: z.strictObject({ body: CaseText }),
    reply: MyCase,
    errors: [caseNotFound],
    example: { body: 'The noise is back.' },
  }),
  reopenMyCase: route('POST /v1/me/cases/{id}/reopen', {
    summary: 'Reopen a resolved or closed case as its customer; the reason joins its messages',
    auth: 'customer',
    body: z.strictObject({ reason: CaseText }),
    reply: MyCase,
    errors: [caseNotFound, caseNotResolved, caseMerged],
    example: { reason: 'The noise is back.' },
  }),
  closeMyCase: route('POST /v1/me/cases/{id}/close', {
    summary: 'Close a case as its customer, who needs no answer any more',
    auth: 'customer',
    body: z.strictObject({}),
    reply: MyCase,
    errors: [caseNotFound, caseNotOpen],
    example: {},
  }),
};
