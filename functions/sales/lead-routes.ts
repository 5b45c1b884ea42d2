import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Email } from '../shared/text/email.ts';
import { leadFields, line, openingFields, opportunityFields, Reason } from './fields.ts';
import { Lead, LeadStatus } from './lead.ts';
import { Opportunity } from './opportunity.ts';
import { PipelineId } from './pipeline.ts';

export const Somebody = z
  .strictObject({
    name: line.optional(),
    email: Email.optional(),
    phone: z.string().trim().min(1).max(40).optional(),
    company: line.optional(),
  })
  .refine(({ name, email }) => name || email, 'a contact needs a name or an e-mail address');

/** what is said of a lead when it is told of first, beside who it is */
export const LeadFields = z.strictObject({ ...openingFields, ...leadFields });

export const leadRoutes = {
  createLead: route('POST /v1/leads', {
    summary: 'Create a lead of a customer, or of somebody whose customer is then found or created',
    scope: 'sales.write',
    body: LeadFields.extend({ customerId: CustomerId.optional(), contact: Somebody.optional() }).refine(
      ({ customerId, contact }) => !customerId !== !contact,
      {
        message: 'a lead is of a customerId or of a contact, one of the two',
        path: ['customerId'],
      },
    ),
    reply: Lead,
    status: 201,
    location: ({ id }) => `/v1/leads/${id}`,
    errors: ['customer.not-found', 'lead.external-id-taken'],
    example: {
      contact: { name: 'Ada Tan', email: 'ada.tan@example.com', phone: '+65 6123 4567', company: 'Tan & Sons' },
      source: 'web form',
      interest: 'Auto Volt 7',
      value: { amount: 12_990_000, currency: 'SGD' },
    },
  }),
  findLeads: route('GET /v1/leads', {
    summary: 'Leads, latest first; by status, or those of one customer',
    scope: 'sales.read',
    query: z.strictObject({ status: LeadStatus.optional(), customerId: CustomerId.optional(), ...paging }),
    reply: page(Lead),
  }),
  readLead: route('GET /v1/leads/{id}', { summary: 'Read a lead', scope: 'sales.read', reply: Lead }),
  changeLead: route('PATCH /v1/leads/{id}', {
    summary: 'Change a lead, or who owns it (JSON Merge Patch)',
    scope: 'sales.write',
    body: z.strictObject(leadFields),
    reply: Lead,
    errors: ['lead.closed'],
    example: { ownerId: 'mei' },
  }),
  qualifyLead: route('POST /v1/leads/{id}/qualify', {
    summary: 'Carry a lead on as an opportunity',
    scope: 'sales.write',
    body: z.strictObject({
      name: line.optional(),
      amount: Money.optional(),
      pipelineId: PipelineId.optional(),
      closeOn: opportunityFields.closeOn,
    }),
    reply: Opportunity,
    status: 201,
    location: ({ id }) => `/v1/opportunities/${id}`,
    errors: ['lead.closed', 'lead.contact-unknown', 'pipeline.not-found'],
    example: { name: 'Auto Volt 7 for Ada Tan', amount: { amount: 12_990_000, currency: 'SGD' } },
  }),
  disqualifyLead: route('POST /v1/leads/{id}/disqualify', {
    summary: 'Say that a lead leads nowhere',
    scope: 'sales.write',
    body: z.strictObject({ reason: Reason }),
    reply: Lead,
    errors: ['lead.closed'],
    example: { reason: 'only collects brochures' },
  }),
};
