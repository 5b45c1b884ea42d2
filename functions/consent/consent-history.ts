import * as z from 'zod';
import { newId } from '../../events/ids.ts';
import { type Change, put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { type ChannelTopic, Consent, type StoredConsent } from './consent.ts';

/** A consent as it was recorded: its proof, whatever happens to the timeline. */
export const ConsentEntry = Consent.omit({ version: true }).extend({ id: z.string() });
export type ConsentEntry = z.output<typeof ConsentEntry>;

type Key = Pick<ConsentEntry, 'customerId' | 'channel' | 'topic' | 'at' | 'id'>;

/** outside the partition of the customer, of which the single view reads a page */
export const consentHistory = entity('consent-entry', ConsentEntry, {
  onMerge: { partition: 'consent-history', counted: 'consentHistory' },
  onErase: 'delete',
  area: 'consents',
  key: ({ customerId, channel, topic, at, id }: Key) => ({
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
