import { sendWebhook } from '../shared/http/webhook.ts';
import type { StoredDelivery } from './delivery.ts';
import { type StoredWebhook, validSecrets } from './webhook.ts';

/** Sends a delivery, signed with each secret that is valid. */
export const send = ({ id, body, customerId }: StoredDelivery, webhook: StoredWebhook, tenant: string, now: string) => {
  const tags = { 'rapport-tenant': tenant, ...(customerId ? { 'rapport-customer': customerId } : {}) };
  return sendWebhook({ id, url: webhook.url, body, secrets: validSecrets(webhook, now), now, tags });
};
