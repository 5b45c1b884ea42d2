import * as z from 'zod';
import { page, paging, route } from '../../shared/http/contract.ts';
import { CaseFields, CaseMessage, CaseText, ShownCase } from '../cases/case.ts';
import { caseMerged, caseNotFound } from '../errors.ts';

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
    summary: 'List the customer’s own cases, newest first',
    auth: 'customer',
    query: z.strictObject(paging),
    reply: page(MyCase),
  }),
  openMyCase: route('POST /v1/me/cases', {
    summary: 'Open a case as a customer',
    auth: 'customer',
    body: z.strictObject({ subject, description, type: type.default('enquiry'), language, productId }),
    reply: MyCase,
    status: 201,
    location: ({ id }) => `/v1/me/cases/${id}`,
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
    query: z.strictObject(paging),
    reply: page(MyCaseMessage),
    errors: [caseNotFound],
  }),
  replyToMyCase: route('POST /v1/me/cases/{id}/reply', {
    summary: 'Reply to a case as its customer; a resolved or closed case is reopened',
    auth: 'customer',
    body: z.strictObject({ body: CaseText }),
    reply: MyCase,
    errors: [caseNotFound, caseMerged],
    example: { body: 'The noise is back.' },
  }),
};
