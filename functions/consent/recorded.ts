import { consentDue } from '../../events/consent.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, insert, schedule, update } from '../shared/store/changes.ts';
import { plusAtMost } from '../shared/time/duration.ts';
import { consents, type StoredConsent } from './consent.ts';
import { filed } from './consent-history.ts';
import { consentEvent } from './told.ts';

export type Word = Omit<StoredConsent, 'at' | 'by' | 'version'>;

export type Recorded = { consent: StoredConsent; changes: Change[] };

/** A customer's word: it replaces the one before, joins the history, is told, and ends by itself where it is to. */
export const recorded = (
  { now, actor }: Pick<Ctx, 'now' | 'actor'>,
  before: StoredConsent | undefined,
  word: Word,
  /** when it was said and who recorded it, where that was not just now */
  { at = now, by = actor }: Partial<Pick<StoredConsent, 'at' | 'by'>> = {},
): Recorded => {
  const consent: StoredConsent = { ...word, at, by, version: (before?.version ?? 0) + 1 };
  const { customerId, channel, topic, expiresAt, status } = consent;
  const ends = status === 'granted' && expiresAt !== undefined;
  const due = { customerId, about: customerId, data: { channel, topic } };
  return {
    consent,
    changes: [
      before ? update(consents, before, consent) : insert(consents, consent),
      filed(now, consent),
      consentEvent(consent),
      // a timer may be early by less than a second
      ...(ends ? [schedule(plusAtMost(expiresAt, 'PT1S'), consentDue, due)] : []),
    ],
  };
};
