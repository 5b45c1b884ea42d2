import * as z from 'zod';
import { byCustomer, byStaff, event, internal } from './define.ts';

export const channels = ['email', 'sms', 'push', 'webhook', 'inapp', 'whatsapp', 'phone', 'post'] as const;
export const Channel = z.enum(channels);

export const Topic = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'a topic is 1 to 64 letters, digits, dots, dashes and underscores');

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

/** the terms of a consent */
export const consentTerms = {
  /** a registered purpose */
  purpose: z.string().optional(),
  lawfulBasis: LawfulBasis.optional(),
  /** what the customer was shown */
  wording: z.object({ text: z.string().optional(), version: z.string().optional() }).optional(),
  /** the applicable law, such as DE or US-CA */
  jurisdiction: z.string().optional(),
  /** when the consent ends */
  expiresAt: z.iso.datetime().optional(),
};

/** attributes by path, with their values before and after */
export const Changes = z.array(z.object({ attribute: z.string(), from: z.unknown(), to: z.unknown() }));

export const customerCreated = event('customers', 'customer.created', byStaff, {
  summary: 'a customer was created',
  data: () => z.object({ kind: z.enum(['person', 'organisation']), source: z.string() }),
  example: { kind: 'person', source: 'api' },
});

export const customerUpdated = event('customers', 'customer.updated', byStaff, {
  summary: 'attributes of a customer were changed',
  data: () => z.object({ changes: Changes, source: z.string() }),
  example: { changes: [{ attribute: 'address.country', from: 'MY', to: 'SG' }], source: 'api' },
});

export const consentChanged = event('customers', 'consent.changed', byCustomer, {
  summary: 'a customer granted or withdrew consent to a channel and topic',
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

export const identityLinked = event('customers', 'identity.linked', byCustomer, {
  summary: 'an anonymous or external identity was linked to a customer',
  data: () => z.object({ identity: z.object({ type: z.enum(['anonymousId', 'externalId']), value: z.string() }) }),
  example: { identity: { type: 'anonymousId', value: '7f3c0a52-5c1e-4a59-9f0e-0f6f7c3b8f11' } },
});

export const identityUnlinked = event('customers', 'identity.unlinked', byStaff, {
  summary:
    'an anonymous or external identity was taken from a customer: what is tracked under it from now on is not its own',
  data: () => z.object({ identity: z.object({ type: z.enum(['anonymousId', 'externalId']), value: z.string() }) }),
  example: { identity: { type: 'externalId', value: 'u-1001' } },
});

export const addressChanged = event('customers', 'customer.address-changed', byStaff, {
  summary: 'an e-mail address or a phone number that was known to be the customer’s was replaced or removed',
  data: () => z.object({ attribute: z.enum(['email', 'phone']), from: z.string() }),
  example: { attribute: 'email', from: 'ada.tan@example.com' },
});

/** what a contact states about itself */
export const Contact = z.object({
  email: z.string().optional(),
  phone: z.string().optional(),
  name: z.string().optional(),
  company: z.string().optional(),
});

export const customerRemoved = event('customers', 'customer.removed', byStaff, {
  summary: 'a customer that an import had created was removed with it: nothing of it is left',
  data: () => z.object({}),
  example: {},
});

export const contactUnidentified = event('customers', 'contact.unidentified', byCustomer, {
  summary: 'a contact without a known customer got in touch; emitted by any context, answered by `contact.identified`',
  data: () => z.object({ contact: Contact, source: z.string() }),
  example: { contact: { email: 'ada.tan@example.com', name: 'Ada Tan' }, source: 'case' },
});

export const contactIdentified = event('customers', 'contact.identified', byStaff, {
  summary: 'the customer of a contact was found or created; `about` is what the contact was about',
  data: () => z.object({ created: z.boolean() }),
  example: { created: true },
});

export const customerSettled = event('timers', 'customer.settled', internal, {
  summary:
    'records came to a customer without events of their own: those of a merged customer, or the past of a device',
  data: () => z.object({}),
  example: {},
});
