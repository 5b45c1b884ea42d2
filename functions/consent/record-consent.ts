import { consentDue } from '../../events/consent.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, save, schedule } from '../shared/store/changes.ts';
import { plusAtMost } from '../shared/time/duration.ts';
import { consentEvent, consents, historyEntry, type StoredConsent } from './consent.ts';

export type ConsentFields = Omit<StoredConsent, 'at' | 'by' | 'version'>;

export type ConsentChange = { consent: StoredConsent; changes: Change[] };

/** A grant or withdrawal: it replaces the consent, joins the history, is emitted, and expires by a timer. */
export const recordConsent = (
  { now, actor }: Pick<Ctx, 'now' | 'actor'>,
  before: StoredConsent | undefined,
  fields: ConsentFields,
  /** default: now, by the caller */
  { at = now, by = actor }: Partial<Pick<StoredConsent, 'at' | 'by'>> = {},
): ConsentChange => {
  const consent: StoredConsent = { ...fields, at, by, version: (before?.version ?? 0) + 1 };
  const { customerId, channel, topic, expiresAt, status } = consent;
  const expires = status === 'granted' && expiresAt !== undefined;
  const due = { customerId, about: customerId, data: { channel, topic } };
  return {
    consent,
    changes: [
      save(consents, before, consent),
      historyEntry(now, consent),
      consentEvent(consent),
      // a timer may be early by less than a second
      ...(expires ? [schedule(plusAtMost(expiresAt, 'PT1S'), consentDue, due)] : []),
    ],
  };
};
