import * as z from 'zod';
import { ActivityKind } from './activity.ts';
import { CasePriority, CaseType } from './case.ts';
import { event, internal } from './define.ts';

/** who asks for it, and which of its steps: the same cause and step ask for one thing */
const asked = { cause: z.string().min(1), step: z.string().min(1) };
const example = { cause: 'jrn_01jd5e7k3m9q2r4t6v8w0x1y2z', step: 'run_01jd5e7k3m9q2r4t6v8w0x1y2z#thanks#1' };

export const attributesRequested = event('customers', 'attributes.requested', internal, {
  summary: 'a trigger or a journey sets attributes of a customer',
  data: () => z.object({ values: z.record(z.string(), z.json()), ...asked }),
  example: { values: { 'attributes.stage': 'trial' }, ...example },
});

export const caseRequested = event('service', 'case.requested', internal, {
  summary: 'a trigger or a journey requested a case for a customer; `case.opened` follows',
  data: () =>
    z.object({
      subject: z.string(),
      description: z.string().optional(),
      type: CaseType,
      channel: z.string(),
      language: z.string().optional(),
      productId: z.string().optional(),
      category: z.string().optional(),
      priority: CasePriority.optional(),
      ...asked,
    }),
  example: { subject: 'Call about the overdue service', type: 'enquiry', channel: 'automation', ...example },
});

export const activityRequested = event('customers', 'activity.requested', internal, {
  summary: 'a trigger or a journey requested something to do for a customer; `activity.recorded` follows',
  data: () =>
    z.object({
      kind: ActivityKind.exclude(['note']),
      subject: z.string(),
      body: z.string().optional(),
      dueIn: z.string().optional(),
      /** a user, or `owner`: the owner of the customer at that time, if any */
      assignedTo: z.string().optional(),
      ...asked,
    }),
  example: { kind: 'call', subject: 'Follow up on the mail', dueIn: 'P1D', assignedTo: 'owner', ...example },
});

export const webhookRequested = event('marketing', 'webhook.requested', internal, {
  summary: 'a trigger or a journey calls another system: a signed POST follows',
  data: () =>
    z.object({
      url: z.string(),
      /** its texts are Liquid; without one the call names the customer, the cause and the event */
      body: z.json().optional(),
      /** the reading scopes of who wrote it: what its texts show */
      shows: z.array(z.string()),
      event: z.record(z.string(), z.unknown()).optional(),
      scope: z.record(z.string(), z.unknown()).optional(),
      ...asked,
    }),
  example: { url: 'https://example.com/hooks/carts', shows: ['customers.read'], ...example },
});

const called = z.object({ host: z.string(), ...asked });

export const webhookSent = event('marketing', 'webhook.sent', internal, {
  summary: 'another system accepted the call of a trigger or a journey',
  data: () => called,
  example: { host: 'example.com', ...example },
});

export const webhookFailed = event('marketing', 'webhook.failed', internal, {
  summary: 'the call of a trigger or a journey was refused, or failed five times',
  data: () => called.extend({ reason: z.string() }),
  example: { host: 'example.com', reason: 'the receiver answered with 410', ...example },
});

export const journeyRequested = event('marketing', 'journey.requested', internal, {
  summary: 'a trigger or another journey starts a journey for a customer',
  data: () =>
    z.object({
      journeyId: z.string(),
      event: z.record(z.string(), z.unknown()).optional(),
      ...asked,
    }),
  example: { journeyId: 'jrn_01jd5e7k3m9q2r4t6v8w0x1y2z', ...example },
});
