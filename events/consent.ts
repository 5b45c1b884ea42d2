import * as z from 'zod';
import { Channel, consentTerms, LawfulBasis, Topic } from './customer.ts';
import { byStaff, bySystem, event, internal } from './define.ts';

const of = { channel: Channel, topic: Topic };
const example = { channel: 'email', topic: 'newsletter' } as const;

export const consentRequested = event('customers', 'consent.requested', byStaff, {
  summary: 'a customer granted consent and was sent a link to confirm it; until then it does not count',
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

export const consentDue = event('timers', 'consent.due', internal, {
  summary: 'the validity of a consent has ended, unless it was renewed',
  data: () => z.object(of),
  example,
});

export const consentExpired = event('customers', 'consent.expired', bySystem, {
  summary: 'a consent has expired and counts as not granted',
  data: () => z.object({ ...of, expiresAt: z.iso.datetime() }),
  example: { ...example, expiresAt: '2026-12-01T09:00:00.000Z' },
});

export const preferenceSettingsChanged = event('customers', 'preference-settings.changed', byStaff, {
  summary: 'the settings of the preference page were changed',
  data: () => z.looseObject({}),
  example: { name: 'Auto Inc.', colour: '#1a4fb4' },
});

const topic = () =>
  z.object({ name: z.string(), channels: z.array(Channel), doubleOptIn: z.boolean(), basis: LawfulBasis });
const topicExample = {
  name: 'Newsletter',
  channels: ['email' as const],
  doubleOptIn: true,
  basis: 'consent' as const,
};

export const topicDeclared = event('customers', 'topic.declared', byStaff, {
  summary: 'a topic was created or changed; `about` is the topic',
  data: topic,
  example: topicExample,
});

export const topicRemoved = event('customers', 'topic.removed', byStaff, {
  summary: 'a topic was deleted; consents for it stay in force',
  data: topic,
  example: topicExample,
});

const purpose = () => z.object({ lawfulBasis: LawfulBasis, owner: z.string() });
const purposeExample = { lawfulBasis: 'legitimate-interests' as const, owner: 'dpo@auto.example' };

export const purposeDeclared = event('customers', 'purpose.declared', byStaff, {
  summary: 'a purpose of processing personal data was created or changed; `about` is the purpose',
  data: purpose,
  example: purposeExample,
});

export const purposeRemoved = event('customers', 'purpose.removed', byStaff, {
  summary: 'a purpose of processing personal data was deleted',
  data: purpose,
  example: purposeExample,
});
