import * as z from 'zod';
import { event } from './define.ts';

export const channels = ['email', 'sms', 'push', 'webhook', 'inapp', 'whatsapp', 'phone', 'post'] as const;
export const Channel = z.enum(channels);

export const Topic = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a topic is 1 to 64 letters, digits, dots, dashes and underscores');

/** what a customer can say */
export const ConsentStatus = z.enum(['granted', 'withdrawn']);

/** Article 6(1) of the GDPR */
export const LawfulBasis = z.enum([
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
]);

/** under what terms a customer said it */
export const consentTerms = {
  /** of the purposes that are registered */
  purpose: z.string().optional(),
  lawfulBasis: LawfulBasis.optional(),
  /** what the customer was shown */
  wording: z.object({ text: z.string().optional(), version: z.string().optional() }).optional(),
  /** under whose law, such as DE or US-CA */
  jurisdiction: z.string().optional(),
  /** from then on it is as if it had not been granted */
  expiresAt: z.iso.datetime().optional(),
};

const Change = z.object({ attribute: z.string(), from: z.unknown(), to: z.unknown() });

export const customerCreated = event('customers', 'customer.created', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a person or organisation has become known',
  data: () => z.object({ kind: z.enum(['person', 'organisation']), source: z.string() }),
  example: { kind: 'person', source: 'api' },
});

export const customerUpdated = event('customers', 'customer.updated', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'attributes of a customer have changed',
  data: () => z.object({ changes: z.array(Change), source: z.string() }),
  example: { changes: [{ attribute: 'address.country', from: 'MY', to: 'SG' }], source: 'api' },
});

export const consentChanged = event('customers', 'consent.changed', {
  by: 'customer',
  contact: null,
  triggers: true,
  summary: 'a customer has granted or withdrawn consent for a channel and topic',
  data: () =>
    z.object({
      channel: Channel,
      topic: Topic,
      status: ConsentStatus,
      source: z.string(),
      proof: z.unknown().optional(),
      ...consentTerms,
    }),
  example: { channel: 'email', topic: 'newsletter', status: 'granted', source: 'checkout form' },
});

export const identityLinked = event('customers', 'identity.linked', {
  by: 'customer',
  contact: null,
  triggers: true,
  summary: 'an anonymous or external identity turned out to be a customer’s',
  data: () => z.object({ identity: z.object({ type: z.enum(['anonymousId', 'externalId']), value: z.string() }) }),
  example: { identity: { type: 'anonymousId', value: '7f3c0a52-5c1e-4a59-9f0e-0f6f7c3b8f11' } },
});

/** who somebody says to be, on first contact */
export const Contact = z.object({
  email: z.string().optional(),
  phone: z.string().optional(),
  name: z.string().optional(),
  company: z.string().optional(),
});

export const contactUnidentified = event('customers', 'contact.unidentified', {
  by: 'customer',
  contact: null,
  triggers: true,
  summary: 'somebody who is not yet known got in touch; said by any context, answered by `contact.identified`',
  data: () => z.object({ contact: Contact, source: z.string() }),
  example: { contact: { email: 'ada.tan@example.com', name: 'Ada Tan' }, source: 'case' },
});

export const contactIdentified = event('customers', 'contact.identified', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'the customer behind a contact is known; `about` is what the contact was met for',
  data: () => z.object({ created: z.boolean() }),
  example: { created: true },
});
