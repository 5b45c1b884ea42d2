import { consentChanged } from '../../events/customer.ts';
import { say, update } from '../shared/changes.ts';
import type { Reaction } from '../shared/contract.ts';
import { listen } from '../shared/listen.ts';
import { hears } from './contract.ts';
import { consents } from './customer.ts';
import { survivor } from './living.ts';

export const withdrawConsent: Reaction<typeof hears.withdrawConsent> = async (
  { customerId, occurredAt, about, data: { channel, topic } },
  { now, store },
) => {
  // the message may have gone to somebody who was merged into another since
  const customer = customerId ? await survivor(store, customerId) : undefined;
  const before = customer && (await store.get(consents, { customerId: customer.id, channel, topic }));
  // granted anew since the click: the later word counts
  if (before?.status !== 'granted' || before.at > occurredAt) return;
  const { customerId: id, at: _, version, ...was } = before;
  const data = { ...was, status: 'withdrawn' as const, source: 'unsubscribe link', proof: { messageId: about } };
  await store.commit([
    update(consents, before, { ...data, customerId: id, at: now, version: version + 1 }),
    say(consentChanged, { customerId: id, about: id, data }),
  ]);
};

export const handler = listen('withdrawConsent', hears.withdrawConsent, withdrawConsent);
