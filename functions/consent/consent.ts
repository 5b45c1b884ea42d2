import * as z from 'zod';
import { consentExpired, consentRequested } from '../../events/consent.ts';
import { Channel, ConsentStatus, consentChanged, consentTerms, Topic } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { type Change, emit } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { mergeConsent, undoConsentMerge } from './consent-merge.ts';

export const Consent = z.object({
  customerId: CustomerId,
  channel: Channel,
  topic: Topic,
  /** pending: granted but not confirmed by the link yet · expired: was granted until `expiresAt` */
  status: z.enum([...ConsentStatus.options, 'pending', 'expired']),
  source: z.string(),
  proof: z.json().optional(),
  ...consentTerms,
  /** deadline for the confirmation of a pending one */
  confirmBy: Instant.optional(),
  /** the confirmation by link; IP address and browser only if the company retains them */
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
  by: z.string().optional(),
  version: stamps.version,
});
export type Consent = z.output<typeof Consent>;

export const ChannelTopic = Consent.pick({ channel: true, topic: true });
export type ChannelTopic = z.output<typeof ChannelTopic>;

export const StoredConsent = Consent.extend({
  /** the request to confirm it: one, however often its link was sent */
  request: z.object({ id: z.string(), sent: z.array(Instant), validity: z.string().optional() }).optional(),
});
export type StoredConsent = z.output<typeof StoredConsent>;

export const consents = entity('consent', StoredConsent, {
  onMerge: {
    merge: (...args) => mergeConsent(...args),
    undo: (...args) => undoConsentMerge(...args),
    counted: 'consents',
  },
  onErase: 'delete',
  key: ({ customerId, channel, topic }: { customerId: string; channel: string; topic: string }) => ({
    of: ['customer', customerId],
    part: `consent#${channel}#${topic}`,
  }),
});

export const consentParts = { from: 'consent#', to: 'consent$' };

/** A consent as it counts at an instant: once expired it is not granted, whether or not that has been recorded. */
export const effective = <C extends Pick<Consent, 'status' | 'expiresAt'>>(consent: C, now: string): C =>
  consent.status === 'granted' && consent.expiresAt !== undefined && consent.expiresAt <= now
    ? { ...consent, status: 'expired' }
    : consent;

export const consentEvent = ({ customerId, status, ...consent }: StoredConsent): Change => {
  const about = { customerId, about: customerId };
  if (status === 'pending') {
    return emit(consentRequested, { ...about, data: { confirmBy: consent.at, ...consent } });
  }
  if (status === 'expired') return emit(consentExpired, { ...about, data: { expiresAt: consent.at, ...consent } });
  return emit(consentChanged, { ...about, data: { ...consent, status } });
};
