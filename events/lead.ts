import * as z from 'zod';
import { Contact } from './customer.ts';
import { byStaff, bySystem, event, internal } from './define.ts';
import { OpportunityId } from './ids.ts';
import { Money } from './money.ts';

/** the data of every event about a lead */
const LeadData = z.object({
  source: z.string().nullable(),
  interest: z.string().nullable(),
  value: Money.nullable(),
  ownerId: z.string().nullable(),
});

const example = {
  source: 'web form',
  interest: 'Auto Volt 7',
  value: { amount: 12_990_000, currency: 'SGD' },
  ownerId: 'mei',
};

export const leadRequested = event('sales', 'lead.requested', internal, {
  summary: 'a context requested a lead for a customer; `lead.created` follows, one open lead per cause',
  data: () => LeadData.partial().extend({ cause: z.string().min(1) }),
  example: { source: 'trigger', interest: 'Auto Volt 7', cause: 'trg_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const leadCreated = event('sales', 'lead.created', byStaff, {
  summary: 'a lead was created; it has no customer until its contact is identified',
  data: () => LeadData.extend({ contact: Contact.nullable() }),
  example: { ...example, contact: { name: 'Ada Tan', email: 'ada.tan@example.com' } },
});

export const leadIdentified = event('sales', 'lead.identified', byStaff, {
  summary: 'the customer of a lead was identified',
  data: () => LeadData,
  example,
});

export const leadChanged = event('sales', 'lead.changed', byStaff, {
  summary: 'a lead or its owner was changed',
  data: () => LeadData,
  example,
});

export const leadQualified = event('sales', 'lead.qualified', byStaff, {
  summary: 'a lead was qualified: an opportunity was opened from it',
  data: () => LeadData.extend({ opportunityId: OpportunityId }),
  example: { ...example, opportunityId: 'opp_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const leadDisqualified = event('sales', 'lead.disqualified', byStaff, {
  summary: 'a lead was disqualified',
  data: () => LeadData.extend({ reason: z.string() }),
  example: { ...example, reason: 'only collects brochures' },
});

export const leadAssigned = event('sales', 'lead.assigned', bySystem, {
  summary: 'a lead was given to a staff member by an assignment rule',
  data: () =>
    LeadData.extend({
      previousOwnerId: z.string().nullable(),
      ruleId: z.string(),
      /** at once, from those that waited, after a response that was due, or because its owner went away */
      how: z.enum(['routed', 'pulled', 'overdue', 'returned']),
    }),
  example: { ...example, previousOwnerId: null, ruleId: 'web', how: 'routed' },
});

export const leadQueued = event('sales', 'lead.queued', bySystem, {
  summary: 'a lead waits for somebody who is free under its assignment rule',
  data: () => LeadData.extend({ previousOwnerId: z.string().nullable(), ruleId: z.string() }),
  example: { ...example, ownerId: null, previousOwnerId: null, ruleId: 'web' },
});

export const leadResponded = event('sales', 'lead.responded', byStaff, {
  summary: 'the owner of a lead responded to it',
  data: () => LeadData,
  example,
});

export const leadResponseDue = event('timers', 'lead.response-due', internal, {
  summary: 'the owner of a lead should have responded by now',
  data: () => z.object({ of: z.string() }),
  example: { of: '2026-11-25T09:00:00.000Z' },
});

export const leadErased = event('sales', 'lead.erased', internal, {
  summary: 'an open lead went with its customer',
  data: () => z.object({ ownerId: z.string() }),
  example: { ownerId: 'mei' },
});

export const assignmentRuleChanged = event('sales', 'assignment-rule.changed', byStaff, {
  summary: 'an assignment rule was added, changed or removed',
  data: () => z.object({ ruleId: z.string(), removed: z.boolean() }),
  example: { ruleId: 'web', removed: false },
});
