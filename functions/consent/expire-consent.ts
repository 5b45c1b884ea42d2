import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import { update } from '../shared/store/changes.ts';
import { consentEvent, consents, effective, historyEntry } from './consent.ts';
import { subscriptions } from './contract.ts';

/** Records and reports an expiry, which counts from its instant on. A renewed consent has another timer. */
export const reaction = consume(
  'expireConsent',
  subscriptions.expireConsent,
  async ({ customerId, data: { channel, topic } }, { now, actor, store }) => {
    const customer = customerId ? await resolveMerged(store, customerId) : undefined;
    const before = customer && (await store.get(consents, { customerId: customer.id, channel, topic }));
    if (before?.status !== 'granted') return;
    const after = { ...effective(before, now), version: before.version + 1 };
    if (after.status !== 'expired' || after.expiresAt === undefined) return;
    const entry = historyEntry(now, { ...after, at: after.expiresAt, by: actor });
    await store.commit([update(consents, before, after), entry, consentEvent(after)]);
  },
);
