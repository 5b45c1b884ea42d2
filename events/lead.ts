import * as z from 'zod';
import { Contact } from './customer.ts';
import { event } from './define.ts';
import { OpportunityId } from './ids.ts';
import { Money } from './money.ts';

/** what every event of a lead tells of it */
const Told = z.object({
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

export const leadRequested = event('sales', 'lead.requested', {
  by: 'customer',
  contact: null,
  triggers: true,
  summary: 'a context wants a customer to become a lead; answered by `lead.created`, one open lead a cause',
  data: () => Told.partial().extend({ cause: z.string().min(1) }),
  example: { source: 'trigger', interest: 'Auto Volt 7', cause: 'trg_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const leadCreated = event('sales', 'lead.created', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody may want to buy; without a customer until the contact is recognised',
  data: () => Told.extend({ contact: Contact.nullable() }),
  example: { ...example, contact: { name: 'Ada Tan', email: 'ada.tan@example.com' } },
});

export const leadRecognised = event('sales', 'lead.recognised', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'the customer behind a lead is known',
  data: () => Told,
  example,
});

export const leadChanged = event('sales', 'lead.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what is known of a lead, or who owns it, has changed',
  data: () => Told,
  example,
});

export const leadQualified = event('sales', 'lead.qualified', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a lead is worth selling to: an opportunity carries on from it',
  data: () => Told.extend({ opportunityId: OpportunityId }),
  example: { ...example, opportunityId: 'opp_01jd5e7k3m9q2r4t6v8w0x1y2z' },
});

export const leadDisqualified = event('sales', 'lead.disqualified', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a lead leads nowhere',
  data: () => Told.extend({ reason: z.string() }),
  example: { ...example, reason: 'only collects brochures' },
});
