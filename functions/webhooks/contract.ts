import * as z from 'zod';
import { deliveryDue } from '../../events/subscription.ts';
import { internalTypes } from '../shared/events/subscribable.ts';
import { creates, lists, on, onAll, route } from '../shared/http/contract.ts';
import { Delivery } from './delivery.ts';
import { webhookOff } from './errors.ts';
import { Webhook, WebhookFields } from './webhook.ts';

export const about =
  'Webhooks: events for other systems, signed by Standard Webhooks, tried again until they are accepted.';

const admin = { scope: 'settings.admin' } as const;
const { url, events, description } = WebhookFields.shape;
const withSecret = Webhook.extend({ secret: z.string().describe('verifies the signatures; it is shown this once') });

export const routes = {
  createWebhook: route('POST /v1/webhooks', {
    summary: 'Add a webhook: to which URL which events go',
    ...admin,
    body: WebhookFields,
    reply: withSecret,
    ...creates('/v1/webhooks'),
    example: { url: 'https://example.com/hooks/orders', events: ['order.*', 'case.resolved'] },
  }),
  listWebhooks: route('GET /v1/webhooks', { summary: 'List webhooks, newest first', ...admin, ...lists(Webhook) }),
  readWebhook: route('GET /v1/webhooks/{id}', { summary: 'Read a webhook', ...admin, reply: Webhook }),
  changeWebhook: route('PATCH /v1/webhooks/{id}', {
    summary: 'Change a webhook (JSON Merge Patch; `events` is replaced as a whole), switch it off or on again',
    ...admin,
    body: z.strictObject({
      url: url.optional(),
      events: events.optional(),
      description: description.nullable(),
      state: Webhook.shape.state.optional(),
    }),
    reply: Webhook,
    example: { state: 'off' },
  }),
  removeWebhook: route('DELETE /v1/webhooks/{id}', { summary: 'Delete a webhook', ...admin, reply: Webhook }),
  testWebhook: route('POST /v1/webhooks/{id}/test', {
    summary: 'Send a test event to a webhook now, and read what came of it',
    ...admin,
    reply: Delivery,
  }),
  rotateWebhook: route('POST /v1/webhooks/{id}/rotate', {
    summary: 'Give a webhook a new secret; the one before signs as well for 24 hours',
    ...admin,
    reply: withSecret,
  }),
  listDeliveries: route('GET /v1/webhooks/{id}/deliveries', {
    summary: 'List what was sent to a webhook in the last 30 days, newest first, with each attempt',
    ...admin,
    ...lists(Delivery, { state: Delivery.shape.state.optional() }),
  }),
  redeliver: route('POST /v1/webhooks/{id}/deliveries/{deliveryId}/redeliver', {
    summary: 'Send a delivery again, whatever came of it',
    ...admin,
    reply: Delivery,
    errors: [webhookOff],
  }),
};

export const subscriptions = {
  deliverEvent: onAll('takes the events for webhooks', [], { except: internalTypes }),
  attemptDelivery: on([deliveryDue], 'sends events to webhooks, and tries again'),
};
