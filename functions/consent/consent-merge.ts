import type { Ctx } from '../shared/http/context.ts';
import { type Change, remove, save, update } from '../shared/store/changes.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import { type Consent, consentEvent, consents, effective, type StoredConsent } from './consent.ts';

/**
 * Whether of two consents on one channel and topic the second prevails: the later does; of two at once the one that withdraws.
 * One that was never confirmed does not prevail over a granted one.
 */
export const prevails = <C extends Pick<Consent, 'at' | 'status'>>(mine: C | undefined, other: C): boolean => {
  if (!mine) return true;
  if (mine.status !== other.status && [mine, other].some(({ status }) => status === 'pending')) {
    if (mine.status === 'granted') return false;
    if (other.status === 'granted') return true;
  }
  return other.at > mine.at || (other.at === mine.at && other.status === 'withdrawn' && mine.status !== 'withdrawn');
};

type Undo = { before: StoredConsent | null; after: StoredConsent };

export const mergeConsent: MergedPart<StoredConsent>['merge'] = async (consent, into, { store, now }) => {
  const other = effective(consent, now);
  const before = await store.get(consents, { ...other, customerId: into });
  if (!prevails(before && effective(before, now), other)) return { changes: [] };
  const after: StoredConsent = { ...other, customerId: into, version: (before?.version ?? 0) + 1 };
  const undo: Undo = { before: before ?? null, after };
  return {
    changes: [save(consents, before, after), ...(before?.status === after.status ? [] : [consentEvent(after)])],
    undo,
  };
};

/** A consent that was not changed since goes back to what it was; expiring is no change. */
export const undoConsentMerge = async (undo: unknown, _: Merging, { store, now }: Ctx): Promise<Change[]> => {
  const { before, after } = undo as Undo;
  const is = await store.get(consents, after);
  if (is?.at !== after.at || (is.status !== after.status && is.status !== 'expired')) return [];
  if (!before) return [remove(consents, is)];
  const was = { ...effective(before, now), version: is.version + 1 };
  return [update(consents, is, was), ...(was.status === is.status ? [] : [consentEvent(was)])];
};
