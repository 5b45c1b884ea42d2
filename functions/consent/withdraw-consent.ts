import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { consents } from './consent.ts';
import { subscriptions } from './contract.ts';
import { recorded, type Word } from './recorded.ts';
import { topicsOf, unasked } from './topic.ts';

export const withdrawConsent: Reaction<typeof subscriptions.withdrawConsent> = async (
  { customerId, occurredAt, about, data: { channel, topic } },
  ctx,
) => {
  const { store } = ctx;
  // the message may have gone to somebody who was merged into another since
  const customer = customerId ? await resolveMerged(store, customerId) : undefined;
  if (!customer) return;
  const place = { customerId: customer.id, channel, topic };
  const [before, topics] = await Promise.all([store.get(consents, place), topicsOf(store)]);
  // granted anew since the click: the later word counts
  if (before && (before.status === 'withdrawn' || before.at > occurredAt)) return;
  if (!before && !topics.some(declared => declared.topic === topic && unasked(declared))) return;
  const { expiresAt: _, confirmBy: __, ...was }: Word = before ?? { ...place, status: 'withdrawn', source: '' };
  const word: Word = { ...was, status: 'withdrawn', source: 'unsubscribe link', proof: { messageId: about } };
  await store.commit(recorded(ctx, before, word).changes);
};

export const handler = consume('withdrawConsent', subscriptions.withdrawConsent, withdrawConsent);
