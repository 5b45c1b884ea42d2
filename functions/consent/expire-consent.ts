import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { update } from '../shared/store/changes.ts';
import { consents } from './consent.ts';
import { filed } from './consent-history.ts';
import { subscriptions } from './contract.ts';
import { standing } from './standing.ts';
import { consentEvent } from './told.ts';

/** That it has run out counts from its instant on; here it is noted and told. One that was renewed has a timer of its own. */
export const expireConsent: Reaction<typeof subscriptions.expireConsent> = async (
  { customerId, data: { channel, topic } },
  { now, actor, store },
) => {
  const customer = customerId ? await resolveMerged(store, customerId) : undefined;
  const before = customer && (await store.get(consents, { customerId: customer.id, channel, topic }));
  if (before?.status !== 'granted') return;
  const after = { ...standing(before, now), version: before.version + 1 };
  if (after.status !== 'expired' || after.expiresAt === undefined) return;
  await store.commit([
    update(consents, before, after),
    filed(now, { ...after, at: after.expiresAt, by: actor }),
    consentEvent(after),
  ]);
};

export const handler = consume('expireConsent', subscriptions.expireConsent, expireConsent);
