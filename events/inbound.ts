import * as z from 'zod';
import { bySystem, event, internal } from './define.ts';

export const inboundReceived = event('service', 'inbound.received', bySystem, {
  summary: 'a message arrived that opened no case and joined none: of a machine, a report, or quarantined',
  data: () =>
    z.object({
      channel: z.string(),
      outcome: z.enum(['automatic', 'bounce', 'delivery-report', 'complaint', 'quarantined']),
      automatic: z.string().nullable(),
    }),
  example: { channel: 'email', outcome: 'automatic', automatic: 'auto-reply' },
});

export const inboundExpired = event('timers', 'inbound.expired', internal, {
  summary: 'a message that opened nothing was kept for long enough; it is deleted with its files',
  data: () => z.object({}),
  example: {},
});

export const mailboxChanged = event('service', 'mailbox.changed', bySystem, {
  summary: 'a mailbox that cases are opened from was set or removed',
  data: () => z.object({ address: z.string(), removed: z.boolean() }),
  example: { address: 'support@auto.example', removed: false },
});
