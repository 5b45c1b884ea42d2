import * as z from 'zod';
import { Channel, consentTerms, Topic } from './customer.ts';
import { event } from './define.ts';

const of = { channel: Channel, topic: Topic };
const example = { channel: 'email', topic: 'newsletter' } as const;

export const consentRequested = event('customers', 'consent.requested', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a customer has granted consent, and is asked to confirm it by a link; until then it is not granted',
  data: () =>
    z.object({
      ...of,
      source: z.string(),
      proof: z.unknown().optional(),
      ...consentTerms,
      confirmBy: z.iso.datetime(),
    }),
  example: { ...example, source: 'checkout form', confirmBy: '2026-12-08T09:00:00.000Z' },
});

export const consentDue = event('timers', 'consent.due', {
  by: 'system',
  contact: null,
  triggers: false,
  summary: 'the time for which a consent was granted is over, unless it was renewed',
  data: () => z.object(of),
  example,
});

export const consentExpired = event('customers', 'consent.expired', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'a consent has run out: it counts as not granted',
  data: () => z.object({ ...of, expiresAt: z.iso.datetime() }),
  example: { ...example, expiresAt: '2026-12-01T09:00:00.000Z' },
});

export const preferenceSettingsChanged = event('customers', 'preference-settings.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'how the pages look on which customers say what they want has changed',
  data: () => z.looseObject({}),
  example: { name: 'Auto Inc.', colour: '#1a4fb4' },
});
