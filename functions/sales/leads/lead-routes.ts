import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { Day, line, UserId } from '../../shared/fields.ts';
import { creates, lists, page, route } from '../../shared/http/contract.ts';
import { Decision } from '../../shared/store/decision.ts';
import { Email } from '../../shared/text/email.ts';
import { leadClosed, leadContactUnknown, leadExternalIdTaken, pipelineNotFound } from '../errors.ts';
import { openingFields, Reason } from '../fields.ts';
import { Opportunity } from '../opportunities/opportunity.ts';
import { PipelineId } from '../pipelines/pipeline.ts';
import { Lead, LeadStatus } from './lead.ts';

export const LeadContact = z
  .strictObject({
    name: line(200).optional(),
    email: Email.optional(),
    phone: z.string().trim().min(1).max(40).optional(),
    company: line(200).optional(),
  })
  .refine(({ name, email }) => name || email, 'a contact needs a name or an e-mail address');

const Value = z.union([z.string().max(2000), z.number(), z.boolean()]);

const PatchLead = z.strictObject({
  source: line(200).nullish(),
  interest: line(200).nullish(),
  value: Money.nullish(),
  ownerId: UserId.nullish(),
  stage: line(60).nullish(),
  attributes: z.record(line(64), Value.nullable()).optional(),
});

/** the fields of a new lead, apart from its customer or contact */
export const LeadFields = PatchLead.extend({ ...openingFields, attributes: z.record(line(64), Value).optional() });

const command = { scope: 'sales.write', reply: Lead } as const;

export const leadRoutes = {
  createLead: route('POST /v1/leads', {
    summary:
      'Create a lead for a customer, or for a contact: its customer is then identified or created. The open lead of the same person is returned instead (200)',
    ...command,
    body: LeadFields.extend({ customerId: CustomerId.optional(), contact: LeadContact.optional() }).refine(
      ({ customerId, contact }) => !customerId !== !contact,
      { message: 'give either customerId or contact', path: ['customerId'] },
    ),
    ...creates('/v1/leads'),
    errors: [customerNotFound, leadExternalIdTaken],
    example: {
      contact: { name: 'Ada Tan', email: 'ada.tan@example.com', phone: '+65 6123 4567', company: 'Tan & Sons' },
      source: 'web form',
      interest: 'Auto Volt 7',
      value: { amount: 12_990_000, currency: 'SGD' },
    },
  }),
  findLeads: route('GET /v1/leads', {
    summary: 'List leads, newest first, by status or customer',
    scope: 'sales.read',
    ...lists(Lead, { status: LeadStatus.optional(), customerId: CustomerId.optional() }),
  }),
  readLead: route('GET /v1/leads/{id}', { summary: 'Read a lead', scope: 'sales.read', reply: Lead }),
  changeLead: route('PATCH /v1/leads/{id}', {
    summary: 'Update a lead or its owner (JSON Merge Patch)',
    ...command,
    body: PatchLead,
    errors: [leadClosed],
    example: { ownerId: 'mei' },
  }),
  qualifyLead: route('POST /v1/leads/{id}/qualify', {
    summary: 'Qualify a lead: opens an opportunity',
    scope: 'sales.write',
    body: z.strictObject({
      name: line(200).optional(),
      amount: Money.optional(),
      pipelineId: PipelineId.optional(),
      closeOn: Day.nullish(),
    }),
    reply: Opportunity,
    ...creates('/v1/opportunities'),
    errors: [leadClosed, leadContactUnknown, pipelineNotFound],
    example: { name: 'Auto Volt 7 for Ada Tan', amount: { amount: 12_990_000, currency: 'SGD' } },
  }),
  respondToLead: route('POST /v1/leads/{id}/respond', {
    summary: 'Record that the owner responded to a lead: it is not given to somebody else any more',
    ...command,
    body: z.strictObject({}),
    errors: [leadClosed],
    example: {},
  }),
  listLeadDecisions: route('GET /v1/leads/{id}/decisions', {
    summary: 'List what was decided about a lead, newest first: who was given it, and why not others',
    scope: 'sales.read',
    query: lists(Decision).query,
    reply: page(Decision.pick({ at: true, kind: true, outcome: true, reasons: true, whyNot: true, cause: true })),
  }),
  disqualifyLead: route('POST /v1/leads/{id}/disqualify', {
    summary: 'Disqualify a lead',
    ...command,
    body: z.strictObject({ reason: Reason }),
    errors: [leadClosed],
    example: { reason: 'only collects brochures' },
  }),
};
