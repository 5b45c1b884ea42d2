import { expect } from 'vitest';
import { slice } from '../messaging/slice.ts';
import type { World } from '../world.ts';

const place = (id: string, channel: string, topic: string) => ({ params: { id, channel, topic } });

/** what tests of consent ask of a tenant */
export const privacyWorld = (world: World) => {
  const crm = slice(world);
  const refusal = async (asked: Promise<{ status: number; body: Record<string, never> }>) => {
    const { status, body } = await asked;
    return [status, body.code, ...((body.errors ?? []) as { path: string }[]).map(({ path }) => path)];
  };
  return {
    ...crm,
    refusal,
    topic: async (topic: string, fields: Record<string, unknown> = {}) => {
      const body = { name: 'News', channels: ['email', 'sms'], ...fields };
      const told = await crm.ask('PUT /v1/topics/{topic}', { params: { topic }, body });
      expect([told.status, told.body.errors]).toEqual([200, undefined]);
      return told.body;
    },
    say: (id: string, said: Record<string, unknown>, channel = 'email', topic = 'news') =>
      crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
        ...place(id, channel, topic),
        body: { status: 'granted', source: 'form', ...said },
      }),
    requestConsent: (id: string, channel = 'email', topic = 'news', body: Record<string, unknown> = {}) =>
      crm.ask('POST /v1/customers/{id}/consents/{channel}/{topic}/request', {
        ...place(id, channel, topic),
        body: { source: 'call', ...body },
      }),
    consents: async (id: string) =>
      (await crm.ask('GET /v1/customers/{id}/consents', { params: { id } })).body.items as Record<string, string>[],
    history: async (id: string, channel = 'email', topic = 'news') =>
      (await crm.ask('GET /v1/customers/{id}/consents/{channel}/{topic}/history', place(id, channel, topic))).body
        .items as Record<string, string>[],
    /** path of the latest link of a kind that was sent to an address */
    linkTo: async (address: string, kind: string) => {
      const texts = (await crm.outbox(address)).map(({ text, body }) => (text ?? body) as string);
      const found = texts.flatMap(text => text.match(new RegExp(`https?://\\S+/v1/${kind}\\S*`)) ?? []).at(-1);
      expect(found, texts.join('\n')).toBeDefined();
      const { pathname, search } = new URL(found as string);
      return `${pathname}${search}`;
    },
    form: (path: string, fields: Record<string, string> | [string, string][] = {}) =>
      crm.ask(`POST ${path}`, {
        token: null,
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'tests' },
      }),
    open: (path: string) => crm.ask(`GET ${path}`, { token: null }),
    /** whether a message on a topic goes to a customer, and why not */
    reaches: async (id: string, channel = 'email', topic = 'news') => {
      await crm.request(id, { channel, topic, content: { subject: 'News', body: 'News' } });
      await crm.idle();
      const message = (await crm.messages(id)).find(sent => sent.topic === topic && sent.channel === channel);
      return message?.state === 'skipped' ? message.reason : 'yes';
    },
  };
};
