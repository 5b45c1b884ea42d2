import { consentExpired, consentRequested } from '../../events/consent.ts';
import { consentChanged } from '../../events/customer.ts';
import { type Change, emit } from '../shared/store/changes.ts';
import type { StoredConsent } from './consent.ts';

/** What says on the bus, and on the timeline, how a consent stands now. */
export const consentEvent = ({ customerId, status, ...word }: StoredConsent): Change => {
  const to = { customerId, about: customerId };
  if (status === 'pending') return emit(consentRequested, { ...to, data: { confirmBy: word.at, ...word } });
  if (status === 'expired') return emit(consentExpired, { ...to, data: { expiresAt: word.at, ...word } });
  return emit(consentChanged, { ...to, data: { ...word, status } });
};
