import { randomUUID } from 'node:crypto';
import type { World } from '../world.ts';

/** an event of a timeline, as far as these tests look at it */
export type Event = {
  id: string;
  actor: string;
  about: string;
  occurredAt: string;
  data: { event: string; properties: Record<string, unknown>; context: Record<string, unknown> };
};

type Sent = { headers?: Record<string, string>; key?: string | null };

/** A fresh tenant with a write key, and a customer of it who is tracked as `u-1`. */
export const tracker = async (crm: World) => {
  const { body } = await crm.ask('POST /v1/write-keys', { body: { name: 'shop', kind: 'server' } });
  const key: string = body.key;

  const basic = (user: string) => `Basic ${Buffer.from(`${user}:`).toString('base64')}`;

  /** posts as trackers do: the key as the user name of Basic, unless another or none is given */
  const post = async (path: string, content: unknown, { headers = {}, key: as = key }: Sent = {}) => {
    const body =
      typeof content === 'string' || content instanceof Uint8Array ? (content as string) : JSON.stringify(content);
    const authorization = as === null ? {} : { authorization: basic(as) };
    const reply = await fetch(`${crm.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body,
    });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: JSON.parse(text) };
  };

  const customer = async (given: Record<string, unknown> = {}): Promise<string> =>
    (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', externalId: 'u-1', ...given } })).body.id;

  /** a customer's events of one type, oldest first */
  const events = async (id: string, type = 'tracked.track') => {
    const { body } = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id }, query: { type, limit: 100 } });
    return (body.items as Event[]).reverse();
  };

  const byExternalId = async (externalId: string) =>
    (await crm.ask('GET /v1/customers', { query: { externalId } })).body.items[0];

  const byEmail = async (email: string) => (await crm.ask('GET /v1/customers', { query: { email } })).body.items[0];

  const rejections = async () =>
    (await crm.ask('GET /v1/tracking/rejections')).body.items as {
      endpoint: string;
      rejected: number;
      source: string;
      reasons: { index: number; reason: string; messageId: string | null; type: string | null }[];
    }[];

  return { ...crm, key, basic, post, customer, events, byExternalId, byEmail, rejections };
};

/** a message id that was not used before */
export const messageId = () => `test-${Date.now()}-${randomUUID()}`;

/** a track call as SDKs make it, of user `u-1` unless given */
export const track = (event: string, more: Record<string, unknown> = {}) => ({
  type: 'track',
  messageId: messageId(),
  timestamp: new Date().toISOString(),
  ...('anonymousId' in more ? {} : { userId: 'u-1' }),
  event,
  properties: {},
  ...more,
});
