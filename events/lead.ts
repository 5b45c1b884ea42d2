import * as z from 'zod';
import { Contact } from './customer.ts';
import { byStaff, event, internal } from './define.ts';
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
