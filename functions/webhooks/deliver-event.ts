import type { Delivered, EventType } from '../../events/define.ts';
import { withinReach } from '../customers/event-areas.ts';
import { customerById, seenBy } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import { created, insert } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { subscriptions } from './contract.ts';
import { deliveries, type StoredDelivery, timerFor } from './delivery.ts';
import { type StoredWebhook, subscribed, wants, webhooks } from './webhook.ts';

type Event = Delivered<EventType>;

const mostBody = 256_000;

/** the event as a webhook shows it; undefined: its customer does not exist any more */
const shownIn = async ({ shows }: StoredWebhook, event: Event, { store }: Ctx) => {
  const { id, type, occurredAt, customerId, actor, about, data } = event;
  const detail = { id, type, occurredAt, customerId, actor, about, data };
  const reader = { scopes: new Set(shows), store };
  if (!customerId) return withinReach(reader, detail);
  const customer = await customerById(store, customerId);
  return customer && (await seenBy(reader, customer, detail)).event;
};

const deliveryOf = async (webhook: StoredWebhook, event: Event, ctx: Ctx): Promise<StoredDelivery | undefined> => {
  const shown = await shownIn(webhook, event, ctx);
  if (!shown) return undefined;
  const { id: eventId, type, occurredAt, customerId } = event;
  const body = JSON.stringify({ type, timestamp: occurredAt, data: { tenant: ctx.tenant, ...shown } });
  return created(ctx.now, {
    id: derivedId('delivery', webhook.id, eventId),
    webhookId: webhook.id,
    ...{ eventId, type, customerId },
    state: 'pending' as const,
    attempts: [],
    nextAttemptAt: ctx.now,
    body: body.length > mostBody ? JSON.stringify({ type, timestamp: occurredAt, data: { id: eventId } }) : body,
  });
};

export const reaction = consume(
  'deliverEvent',
  subscriptions.deliverEvent,
  async (event, ctx) => {
    const { store } = ctx;
    const { type, source, ...detail } = event;
    const busEvent = { source, 'detail-type': type, detail };
    const concerned = (await subscribed.concerned(store, event)).filter(one => wants(one, busEvent));
    if (!concerned.length) return;
    const found = (
      await store.getByIds(
        webhooks,
        concerned.map(({ id }) => id),
      )
    ).filter(({ state }) => state === 'on');
    const made = (await Promise.all(found.map(one => deliveryOf(one, event, ctx)))).filter(one => one !== undefined);
    const there = new Set(
      (
        await store.getByIds(
          deliveries,
          made.map(({ id }) => id),
        )
      ).map(({ id }) => id as string),
    );
    const failures = await store.commitAll(
      made.filter(({ id }) => !there.has(id)).map(one => [insert(deliveries, one), timerFor(one, 1, ctx.now)]),
    );
    for (const failure of failures) if (failure) throw failure;
  },
  { once: false },
);
