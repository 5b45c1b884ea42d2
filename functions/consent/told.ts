import { consentExpired, consentRequested } from '../../events/consent.ts';
import { consentChanged } from '../../events/customer.ts';
import { type Change, say } from '../shared/store/changes.ts';
import type { StoredConsent } from './consent.ts';

/** What says on the bus, and on the timeline, how a consent stands now. */
export const told = ({ customerId, status, ...word }: StoredConsent): Change => {
  const to = { customerId, about: customerId };
  if (status === 'pending') return say(consentRequested, { ...to, data: { confirmBy: word.at, ...word } });
  if (status === 'expired') return say(consentExpired, { ...to, data: { expiresAt: word.at, ...word } });
  return say(consentChanged, { ...to, data: { ...word, status } });
};
