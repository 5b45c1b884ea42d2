import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import { consents } from './consent.ts';
import { subscriptions } from './contract.ts';
import { type ConsentFields, recordConsent } from './record-consent.ts';
import { isOptOut, topicsOf } from './topic.ts';

export const reaction = consume(
  'withdrawConsent',
  subscriptions.withdrawConsent,
  async ({ customerId, occurredAt, about, data: { channel, topic } }, ctx) => {
    const { store } = ctx;
    // the recipient may have been merged since
    const customer = customerId ? await resolveMerged(store, customerId) : undefined;
    if (!customer) return;
    const key = { customerId: customer.id, channel, topic };
    const [before, topics] = await Promise.all([store.get(consents, key), topicsOf(store)]);
    // granted again since the click: the later one counts
    if (before && (before.status === 'withdrawn' || before.at > occurredAt)) return;
    if (!before && !topics.some(declared => declared.topic === topic && isOptOut(declared))) return;
    const withdrawal: ConsentFields = {
      ...(before ?? key),
      status: 'withdrawn',
      source: 'unsubscribe link',
      proof: { messageId: about },
      expiresAt: undefined,
      confirmBy: undefined,
    };
    await store.commit(recordConsent(ctx, before, withdrawal).changes);
  },
);
