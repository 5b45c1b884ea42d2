import * as z from 'zod';
import { page, paging, route } from '../../shared/http/contract.ts';
import { CaseFields, CaseMessage, CaseText, ShownCase } from '../cases/case.ts';

/** what a customer sees of a case: not who works on it, nor what is promised inside the company */
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

/** what was written, and by which side */
export const MyCaseMessage = CaseMessage.pick({ id: true, body: true, at: true }).extend({
  from: z.enum(['me', 'company']),
});

const { subject, description, type, language, productId } = CaseFields.shape;

/** a customer's own cases, on routes that take its token */
export const myCaseRoutes = {
  listMyCases: route('GET /v1/me/cases', {
    summary: 'A customer’s own cases, latest first',
    auth: 'customer',
    query: z.strictObject(paging),
    reply: page(MyCase),
  }),
  openMyCase: route('POST /v1/me/cases', {
    summary: 'Open a case of one’s own',
    auth: 'customer',
    body: z.strictObject({ subject, description, type: type.default('enquiry'), language, productId }),
    reply: MyCase,
    status: 201,
    location: ({ id }) => `/v1/me/cases/${id}`,
    example: { subject: 'Second key', description: 'How do I get a second key for my car?' },
  }),
  readMyCase: route('GET /v1/me/cases/{id}', {
    summary: 'Read a case of one’s own',
    auth: 'customer',
    reply: MyCase,
    errors: ['case.not-found'],
  }),
  readMyThread: route('GET /v1/me/cases/{id}/messages', {
    summary: 'What was written on a case of one’s own, newest first; no internal notes',
    auth: 'customer',
    query: z.strictObject(paging),
    reply: page(MyCaseMessage),
    errors: ['case.not-found'],
  }),
  replyToMyCase: route('POST /v1/me/cases/{id}/reply', {
    summary: 'Write on a case of one’s own; a settled one is taken up again',
    auth: 'customer',
    body: z.strictObject({ body: CaseText }),
    reply: MyCase,
    errors: ['case.not-found', 'case.merged'],
    example: { body: 'The noise is back.' },
  }),
};
