import * as z from 'zod';
import { newId } from '../../events/ids.ts';
import { type Change, put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { Consent, type StoredConsent } from './consent.ts';

/** A word as it was recorded: the proof of it, whatever becomes of the timeline. */
export const ConsentEntry = Consent.omit({ version: true }).extend({ id: z.string() });
export type ConsentEntry = z.output<typeof ConsentEntry>;

type Place = { customerId: string; channel: string; topic: string };

/** apart from the customer's own partition, of which the single view reads a page */
export const consentHistory = entity('consent-entry', ConsentEntry, {
  onMerge: { partition: 'consent-history', counted: 'consentHistory' },
  onErase: 'delete',
  area: 'consents',
  key: ({ customerId, channel, topic, at, id }: Place & { at: string; id: string }) => ({
    of: ['consent-history', customerId],
    part: `${channel}#${topic}#${at}#${id}`,
  }),
});

/** bounds of what was said on one channel and topic */
export const entriesOn = ({ channel, topic }: Omit<Place, 'customerId'>) => ({
  from: `${channel}#${topic}#`,
  to: `${channel}#${topic}$`,
});

/** files how a consent stands */
export const filed = (now: string, { version: _, request: __, ...word }: StoredConsent): Change =>
  put(consentHistory, { ...word, id: newId('event', now) });
