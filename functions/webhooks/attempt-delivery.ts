import { subscriptionStopped } from '../../events/subscription.ts';
import { consume } from '../shared/events/consume.ts';
import { type Change, eventOf, update, updated } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import { subscriptions } from './contract.ts';
import { attempted, deliveries, timerFor } from './delivery.ts';
import { send } from './send-delivery.ts';
import { about, filingOf, type StoredWebhook, subscribed, webhooks } from './webhook.ts';

/** a receiver that accepts nothing for so long is switched off */
const patience = 'P5D';

/** what a webhook becomes by an attempt: it fails since then, or not any more, or is switched off */
const afterAttempt = (webhook: StoredWebhook, reason: string | undefined, isGone: boolean, now: string): Change[] => {
  if (!reason) {
    if (!webhook.failingSince) return [];
    return [update(webhooks, webhook, updated(now, webhook, { failingSince: undefined }))];
  }
  const failingSince = webhook.failingSince ?? now;
  const isOver = isGone || plus(failingSince, patience) < now;
  if (!isOver) return webhook.failingSince ? [] : [update(webhooks, webhook, updated(now, webhook, { failingSince }))];
  const after = updated(now, webhook, { state: 'off', reason, failingSince });
  return [
    update(webhooks, webhook, after),
    ...subscribed.changes(filingOf(webhook), undefined),
    eventOf(subscriptionStopped, { ...after, ...about(after) }, { reason }),
  ];
};

/** The next attempt of a delivery. It is sent before it is noted: a receiver may get it twice, under the same id. */
export const reaction = consume(
  'attemptDelivery',
  subscriptions.attemptDelivery,
  async ({ about: id, data: { attempt } }, { store, now, tenant }) => {
    const delivery = await store.get(deliveries, { id });
    if (delivery?.state !== 'pending' || delivery.attempts.length !== attempt - 1) return;
    const webhook = await store.get(webhooks, { id: delivery.webhookId });
    const isOff = webhook?.state !== 'on';
    const failure = isOff ? { reason: 'the webhook is off', final: true } : await send(delivery, webhook, tenant, now);
    const after = attempted(delivery, failure, now, isOff || failure?.status === 410);
    const next = after.nextAttemptAt ? [timerFor(after, attempt + 1, after.nextAttemptAt)] : [];
    const changed = isOff ? [] : afterAttempt(webhook, failure?.reason, failure?.status === 410, now);
    await store.commit([update(deliveries, delivery, after), ...next, ...changed]);
  },
  { once: false },
);
