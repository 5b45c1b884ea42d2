import { handlers } from '../shared/http/contract.ts';
import { webhookSecret } from '../shared/http/webhook.ts';
import { webhookRoutes } from './contract.ts';

export const webhookHandlers = handlers(webhookRoutes, {
  readWebhookSecret: async (_, { tenant, now }) => ({ secret: await webhookSecret(tenant, now) }),
});
