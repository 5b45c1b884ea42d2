import { newId } from '../../events/ids.ts';
import { subscriptionChanged, subscriptionRemoved } from '../../events/subscription.ts';
import { shownTo } from '../content/template.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { webhookFault } from '../shared/http/webhook.ts';
import { created, eventOf, insert, remove, update, updated } from '../shared/store/changes.ts';
import { changeById, having, readById, replaced } from '../shared/store/records.ts';
import { routes } from './contract.ts';
import { attempted, deliveries, type StoredDelivery, timerFor } from './delivery.ts';
import { webhookOff } from './errors.ts';
import { send } from './send-delivery.ts';
import {
  about,
  filingOf,
  isKnown,
  newSecret,
  rotated,
  type StoredWebhook,
  subscribed,
  WebhookFields,
  webhooks,
} from './webhook.ts';

const mustWork = ({ url, events }: Pick<StoredWebhook, 'url' | 'events'>) => {
  const fault = webhookFault(url);
  const faults = [
    ...(fault ? [{ path: 'url', message: fault }] : []),
    ...events.flatMap((one, nth) =>
      isKnown(one) ? [] : [{ path: `events.${nth}`, message: `there is no event ${one}: see the list of events` }],
    ),
  ];
  if (faults.length) throw invalid(faults);
};

const changed = (webhook: StoredWebhook) => eventOf(subscriptionChanged, { ...webhook, ...about(webhook) });

export const webhookHandlers = handlers(routes, {
  createWebhook: async ({ body }, { store, now, scopes }) => {
    mustWork(body);
    const secret = newSecret();
    const own = { id: newId('webhook', now), state: 'on' as const, secrets: [{ secret }], shows: shownTo(scopes) };
    const webhook: StoredWebhook = created(now, { ...body, ...own });
    const changes = [insert(webhooks, webhook), ...subscribed.changes(undefined, filingOf(webhook)), changed(webhook)];
    return store.commit(changes, { ...webhook, secret });
  },
  listWebhooks: ({ query }, { store }) => store.list(webhooks, 'all', 'all', query),
  readWebhook: readById(webhooks),
  changeWebhook: changeById(webhooks, (before, { state, ...patch }: Patch, { now, scopes }) => {
    const fields = replaced(now, WebhookFields, before, patch) ?? before;
    const own = { shows: shownTo(scopes), ...(state ? { state } : {}) };
    const on = state === 'on' ? { reason: undefined, failingSince: undefined } : {};
    const after = updated(now, before, { ...fields, version: before.version, ...own, ...on });
    mustWork(after);
    const filing = subscribed.changes(filingOf(before), filingOf(after));
    return { after, changes: [update(webhooks, before, after), ...filing, changed(after)] };
  }),
  removeWebhook: changeById(webhooks, before => {
    const event = eventOf(subscriptionRemoved, { ...before, ...about(before) });
    return {
      after: before,
      changes: [remove(webhooks, before), ...subscribed.changes(filingOf(before), undefined), event],
    };
  }),
  testWebhook: async ({ params: { id = '' } }, { store, now, tenant }) => {
    const webhook = await store.need(webhooks, { id });
    const type = 'webhook.test';
    const test: StoredDelivery = created(now, {
      ...{ id: newId('delivery', now), webhookId: webhook.id, eventId: newId('event', now), type, customerId: null },
      ...{ state: 'pending' as const, attempts: [], nextAttemptAt: null },
      body: JSON.stringify({ type, timestamp: now, data: { tenant, message: 'This is a test.' } }),
    });
    const failure = await send(test, webhook, tenant, now);
    const after = { ...attempted(test, failure, now, true), version: 1 };
    return store.commit([insert(deliveries, after)], after);
  },
  rotateWebhook: async ({ params: { id = '' } }, { store, now }) => {
    const before = await store.need(webhooks, { id });
    const secret = newSecret();
    const after = updated(now, before, { secrets: rotated(before, secret, now) });
    return store.commit([update(webhooks, before, after), changed(after)], { ...after, secret });
  },
  listDeliveries: async ({ params: { id = '' }, query: { state, ...paging } }, { store }) => {
    await store.need(webhooks, { id });
    return store.list(deliveries, 'webhook', id, { ...paging, keep: having<StoredDelivery>({ state }) });
  },
  redeliver: async ({ params: { id = '', deliveryId = '' } }, { store, now }) => {
    const [webhook, before] = await Promise.all([
      store.need(webhooks, { id }),
      store.need(deliveries, { id: deliveryId }),
    ]);
    if (before.webhookId !== webhook.id) return store.need(deliveries, { id: 'dlv_none' });
    if (webhook.state === 'off') throw webhookOff();
    const after = updated(now, before, { state: 'pending', attempts: [], nextAttemptAt: now });
    return store.commit([update(deliveries, before, after), timerFor(after, 1, now)], after);
  },
});

type Patch = Partial<Omit<StoredWebhook, 'description'>> & { description?: string | null | undefined };
