import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { Day, line, UserId } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
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

const PatchLead = z.strictObject({
  source: line(200).nullish(),
  interest: line(200).nullish(),
  value: Money.nullish(),
  ownerId: UserId.nullish(),
});

/** the fields of a new lead, apart from its customer or contact */
export const LeadFields = PatchLead.extend(openingFields);

const command = { scope: 'sales.write', reply: Lead } as const;

export const leadRoutes = {
  createLead: route('POST /v1/leads', {
    summary: 'Create a lead for a customer, or for a contact: its customer is then identified or created',
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
  disqualifyLead: route('POST /v1/leads/{id}/disqualify', {
    summary: 'Disqualify a lead',
    ...command,
    body: z.strictObject({ reason: Reason }),
    errors: [leadClosed],
    example: { reason: 'only collects brochures' },
  }),
};
