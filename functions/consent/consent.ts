import * as z from 'zod';
import { Channel, ConsentStatus, consentTerms, Topic } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { settleConsent, unsettleConsent } from './consent-merge.ts';

export const Consent = z.object({
  customerId: CustomerId,
  channel: Channel,
  topic: Topic,
  /** pending: granted, and not yet confirmed by the link that was sent · expired: was granted until `expiresAt` */
  status: z.enum([...ConsentStatus.options, 'pending', 'expired']),
  source: z.string(),
  proof: z.json().optional(),
  ...consentTerms,
  /** until when a pending one can be confirmed */
  confirmBy: Instant.optional(),
  /** that it was confirmed by the link that was sent; address and browser only where the company keeps them */
  confirmation: z
    .object({
      requestId: z.string(),
      askedAt: Instant,
      confirmedAt: Instant,
      ip: z.string().optional(),
      userAgent: z.string().optional(),
    })
    .optional(),
  at: Instant,
  /** who recorded it */
  by: z.string().optional(),
  version: stamps.version,
});
export type Consent = z.output<typeof Consent>;

/** what is kept of a consent beyond what is shown of it */
export const StoredConsent = Consent.extend({
  /** that the customer was asked to confirm it: one request, however often it was sent lately */
  request: z.object({ id: z.string(), sent: z.array(Instant), validity: z.string().optional() }).optional(),
});
export type StoredConsent = z.output<typeof StoredConsent>;

export const consents = entity('consent', StoredConsent, {
  onMerge: {
    settle: (...args) => settleConsent(...args),
    undo: (...args) => unsettleConsent(...args),
    counted: 'consents',
  },
  onErase: 'delete',
  key: ({ customerId, channel, topic }: { customerId: string; channel: string; topic: string }) => ({
    of: ['customer', customerId],
    part: `consent#${channel}#${topic}`,
  }),
});
