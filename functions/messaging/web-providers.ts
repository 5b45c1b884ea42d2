import { sendWebhook, type WebhookCall, webhookSecret } from '../shared/http/webhook.ts';
import type { Failure, Outgoing } from './providers.ts';

const isJson = (text: string) => {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
};

/** The receiver knows a repetition by the id of the message, so that it may be sent again when its fate is unknown. */
const post = async (
  { tenant, now, message }: Outgoing,
  { url, body }: Pick<WebhookCall, 'url' | 'body'>,
): Promise<Failure | undefined> => {
  const { id, customerId } = message;
  const tags = { 'rapport-tenant': tenant, 'rapport-message': id, 'rapport-customer': customerId };
  const failure = await sendWebhook({ id, url, body, secrets: [await webhookSecret(tenant, now)], now, tags });
  if (!failure) return undefined;
  return { kind: failure.final ? 'rejected' : 'throttled', name: failure.reason, reason: failure.reason };
};

/** the rendered body if it is JSON, or a JSON text around it */
export const sendToWebhook = (outgoing: Outgoing) => {
  const { message, content, now } = outgoing;
  const { id: messageId, customerId, topic } = message;
  const data = { messageId, customerId, topic, subject: content.subject, text: content.text };
  const body = isJson(content.text) ? content.text : JSON.stringify({ type: 'message', timestamp: now, data });
  return post(outgoing, { url: message.to ?? '', body });
};

export const sendLetter = (url: string, html: string) => (outgoing: Outgoing) => {
  const { id: messageId, to } = outgoing.message;
  return post(outgoing, { url, body: JSON.stringify({ messageId, to, html }) });
};

export const sendPush = (url: string, tokens: { token: string; platform: string }[]) => (outgoing: Outgoing) => {
  const { message, content } = outgoing;
  const devices = tokens.map(({ token, platform }) => ({ token, platform }));
  const body = { messageId: message.id, devices, title: content.subject, body: content.text };
  return post(outgoing, { url, body: JSON.stringify(body) });
};
