import * as z from 'zod';
import { CaseId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { agentNotFound } from '../../assignment/errors.ts';
import { TimelineEvent } from '../../customers/timeline.ts';
import { line } from '../../shared/fields.ts';
import { creates, Instant, lists, page, route } from '../../shared/http/contract.ts';
import { Decision } from '../../shared/store/decision.ts';
import { Key } from '../desk/fields.ts';
import {
  agentFull,
  caseChecklistOpen,
  caseCompensationTooHigh,
  caseNotOpen,
  caseNotSplit,
  caseReplyUnknown,
  macroInvalid,
  macroNotFound,
  queueNotFound,
} from '../errors.ts';
import { CaseMessage, ShownCase } from './case.ts';
import { CaseFields, CasePatch, CaseText } from './case-fields.ts';

const command = { scope: 'service.write', reply: ShownCase } as const;

export const PresenceState = z.enum(['viewing', 'editing']);

/** somebody who has a case open */
export const Present = z.object({ userId: z.string(), state: PresenceState, since: Instant });

/** what is done with a case besides answering it */
export const caseWorkRoutes = {
  changeCase: route('PATCH /v1/cases/{id}', {
    summary: 'Change fields of a case (JSON Merge Patch); its SLA policy and its place in the queue follow',
    ...command,
    body: CasePatch,
    example: { priority: 'urgent', tags: ['vip'] },
  }),
  runMacro: route('POST /v1/cases/{id}/macro', {
    summary: 'Run a macro on a case: all of its actions, or none',
    ...command,
    body: z.strictObject({ id: Key }),
    errors: [macroNotFound, macroInvalid, caseNotOpen, caseChecklistOpen, agentNotFound, agentFull, queueNotFound],
    example: { id: 'refund' },
  }),
  snoozeCase: route('POST /v1/cases/{id}/snooze', {
    summary: 'Put a case off until a time; it comes back then, or when its customer writes',
    ...command,
    body: z.strictObject({ until: Instant }),
    errors: [caseNotOpen],
    example: { until: '2026-12-24T09:00:00Z' },
  }),
  splitCase: route('POST /v1/cases/{id}/split', {
    summary: 'Open another case of the same customer with copies of some messages of a case; the two are linked',
    ...command,
    body: z.strictObject({
      subject: CaseFields.shape.subject,
      messageIds: z.array(CaseMessage.shape.id).min(1).max(30).optional(),
      description: CaseText.optional(),
      type: CaseFields.shape.type.optional(),
    }),
    ...creates('/v1/cases'),
    errors: [caseNotSplit],
    example: { subject: 'The invoice of the first service', description: 'Also, the invoice is wrong.' },
  }),
  followCase: route('POST /v1/cases/{id}/follow', {
    summary: 'Follow a case, or stop: who follows it is named in an event when something happens to it',
    ...command,
    scope: 'service.read',
    body: z.strictObject({ follow: z.boolean().default(true) }),
    example: {},
  }),
  compensate: route('POST /v1/cases/{id}/compensate', {
    summary: 'Grant compensation for what a case is about, within the limits of its case type',
    ...command,
    scope: 'service.admin',
    body: z.strictObject({ amount: Money, reason: line(500) }),
    errors: [caseCompensationTooHigh],
    example: { amount: { amount: 5_000, currency: 'SGD' }, reason: 'The second visit for one fault' },
  }),
  cancelScheduledReply: route('DELETE /v1/cases/{id}/scheduled-replies/{replyId}', {
    summary: 'Take back a reply that was to be sent later',
    ...command,
    errors: [caseReplyUnknown],
  }),
  putCasePresence: route('PUT /v1/cases/{id}/presence', {
    summary: 'Tell that the caller views or edits a case, for two minutes; replies with who else does',
    scope: 'service.read',
    body: z.strictObject({ state: PresenceState }),
    reply: z.object({ version: z.int(), others: z.array(Present) }),
    example: { state: 'editing' },
  }),
  listCaseDecisions: route('GET /v1/cases/{id}/decisions', {
    summary:
      'List what was decided about a case, newest first: its class, who was given it and why not others, escalations',
    scope: 'service.read',
    query: lists(Decision).query,
    reply: page(Decision.pick({ at: true, kind: true, outcome: true, reasons: true, whyNot: true, cause: true })),
  }),
  readCaseHistory: route('GET /v1/cases/{id}/history', {
    summary: 'List what happened to a case, newest first',
    scope: 'service.read',
    ...lists(TimelineEvent),
  }),
  readServiceHistory: route('GET /v1/customers/{id}/service-history', {
    summary: 'Sum up the latest hundred cases of a customer: what was promised, missed, granted and rated',
    scope: 'service.read',
    reply: z.object({
      cases: z.int(),
      open: z.int(),
      complaints: z.int(),
      missed: z.int().describe('Cases with a due time that was missed.'),
      ratings: z.object({ count: z.int(), average: z.number().nullable() }),
      compensations: z.array(z.object({ caseId: CaseId, amount: Money, reason: z.string(), at: Instant })),
      agents: z.array(z.string()).describe('Who knows the customer, latest first.'),
      promised: z.array(z.object({ caseId: CaseId, what: z.string(), dueAt: Instant })),
    }),
  }),
};
