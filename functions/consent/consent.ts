import * as z from 'zod';
import { consentExpired, consentRequested } from '../../events/consent.ts';
import { Channel, ConsentStatus, consentChanged, consentTerms, Topic } from '../../events/customer.ts';
import { CustomerId, newId } from '../../events/ids.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { type Change, emit, put } from '../shared/store/changes.ts';
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

/** A consent as it was recorded: its proof, whatever happens to the timeline. */
export const ConsentEntry = Consent.omit({ version: true }).extend({ id: z.string() });
type EntryKey = Pick<z.output<typeof ConsentEntry>, 'customerId' | 'channel' | 'topic' | 'at' | 'id'>;

/** outside the partition of the customer, of which the single view reads a page */
export const consentHistory = entity('consent-entry', ConsentEntry, {
  onMerge: { partition: 'consent-history', counted: 'consentHistory' },
  onErase: 'delete',
  area: 'consents',
  key: ({ customerId, channel, topic, at, id }: EntryKey) => ({
    of: ['consent-history', customerId],
    part: `${channel}#${topic}#${at}#${id}`,
  }),
});

export const entriesOf = ({ channel, topic }: ChannelTopic) => ({
  from: `${channel}#${topic}#`,
  to: `${channel}#${topic}$`,
});

export const historyEntry = (now: string, { version: _, request: __, ...consent }: StoredConsent): Change =>
  put(consentHistory, { ...consent, id: newId('event', now) });

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
