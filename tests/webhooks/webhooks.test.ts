import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { webhookSignature } from '../../functions/shared/http/webhook.ts';
import { slice } from '../messaging/slice.ts';
import { type Told, world } from '../world.ts';

type Got = { path: string; headers: IncomingHttpHeaders; body: string };

const got: Got[] = [];
const answers = new Map<string, number>();
let server: Server;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request)).toString();
    got.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(answers.get(request.url ?? '') ?? 204);
    response.end();
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
});
afterAll(() => server.close());

const ok = ({ status, body }: Told) => {
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};

const hooks = async () => {
  const crm = slice(await world());
  const path = `/${crm.tenant}`;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const add = (more: object = {}) => crm.ask('POST /v1/webhooks', { body: { url, events: ['case.*'], ...more } });
  const of = (id: string) => ({ params: { id } });
  const received = () => got.filter(one => one.path === path);
  const open = async (customerId: string) =>
    ok(
      await crm.ask('POST /v1/cases', {
        body: { customerId, subject: 'Lost key', description: 'x', type: 'report', channel: 'web' },
      }),
    );
  const sent = async (id: string) => ok(await crm.ask('GET /v1/webhooks/{id}/deliveries', of(id))).items;
  return { ...crm, path, add, of, received, open, sent };
};

const isSigned = ({ headers, body }: Got, secret: string) => {
  const [id, timestamp] = [headers['webhook-id'] as string, Number(headers['webhook-timestamp'])];
  return (headers['webhook-signature'] as string)
    .split(' ')
    .includes(webhookSignature({ id, timestamp, body }, [secret]));
};

test('an event comes once to each webhook that is for it, signed, and shows in the deliveries', async () => {
  const crm = await hooks();
  const { id, secret } = ok(await crm.add());
  const { id: customerId } = await crm.customer();
  const opened = await crm.open(customerId);
  await crm.idle();
  const mine = crm.received().filter(({ body }) => JSON.parse(body).type === 'case.opened');
  expect(mine).toHaveLength(1);
  const { type, timestamp, data } = JSON.parse(mine[0]!.body);
  expect({ type, about: data.about, customerId: data.customerId }).toEqual({
    type: 'case.opened',
    about: opened.id,
    customerId,
  });
  expect(Math.abs(Date.parse(timestamp) - Date.parse(opened.createdAt))).toBeLessThan(5000);
  expect(isSigned(mine[0]!, secret)).toBe(true);
  const sent = (await crm.sent(id)).find((one: { type: string }) => one.type === 'case.opened');
  expect(sent).toMatchObject({ state: 'delivered', id: mine[0]!.headers['webhook-id'] });
  expect(sent.attempts).toHaveLength(1);
  expect((await crm.ask('GET /v1/webhooks/{id}', crm.of(id))).body.secret).toBeUndefined();
  expect(crm.received().some(({ body }) => JSON.parse(body).type.startsWith('customer.'))).toBe(false);
});

test('what is refused is tried again until it is accepted; both secrets sign after a rotation', async () => {
  const crm = await hooks();
  const { id, secret } = ok(await crm.add({ events: ['case.opened'] }));
  answers.set(crm.path, 503);
  const { id: customerId } = await crm.customer();
  await crm.open(customerId);
  await crm.idle();
  expect(await crm.sent(id)).toMatchObject([{ state: 'pending', attempts: [{ status: 503 }] }]);
  answers.delete(crm.path);
  const { secret: next } = ok(await crm.ask('POST /v1/webhooks/{id}/rotate', crm.of(id)));
  await crm.advance('PT1M');
  await crm.idle();
  const all = crm.received();
  expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await crm.sent(id)).toMatchObject([{ state: 'delivered', nextAttemptAt: null }]);
  expect([isSigned(all.at(-1)!, secret), isSigned(all.at(-1)!, next)]).toEqual([true, true]);
  const [{ id: deliveryId }] = await crm.sent(id);
  await crm.advance('PT25H');
  ok(await crm.ask('POST /v1/webhooks/{id}/deliveries/{deliveryId}/redeliver', { params: { id, deliveryId } }));
  await crm.idle();
  expect([isSigned(crm.received().at(-1)!, secret), isSigned(crm.received().at(-1)!, next)]).toEqual([false, true]);
});

test('a receiver that is gone is switched off; one that is off gets nothing until it is on', async () => {
  const crm = await hooks();
  const { id } = ok(await crm.add({ events: ['case.opened'] }));
  answers.set(crm.path, 410);
  const { id: customerId } = await crm.customer();
  await crm.open(customerId);
  await crm.idle();
  expect(ok(await crm.ask('GET /v1/webhooks/{id}', crm.of(id)))).toMatchObject({
    state: 'off',
    reason: 'the receiver answered with 410',
  });
  answers.delete(crm.path);
  await crm.open(customerId);
  await crm.idle();
  expect(crm.received()).toHaveLength(1);
  ok(await crm.ask('PATCH /v1/webhooks/{id}', { ...crm.of(id), body: { state: 'on' } }));
  await crm.open(customerId);
  await crm.idle();
  expect(crm.received()).toHaveLength(2);
  expect(ok(await crm.ask('POST /v1/webhooks/{id}/test', crm.of(id)))).toMatchObject({
    state: 'delivered',
    type: 'webhook.test',
  });
  ok(await crm.ask('DELETE /v1/webhooks/{id}', crm.of(id)));
  await crm.open(customerId);
  await crm.idle();
  expect(crm.received()).toHaveLength(3);
});

test('patterns choose by what is in an event; what cannot work is refused with its place', async () => {
  const crm = await hooks();
  ok(await crm.add({ events: [{ 'detail-type': ['case.opened'], detail: { data: { type: ['complaint'] } } }] }));
  const { id: customerId } = await crm.customer();
  await crm.open(customerId);
  await crm.idle();
  expect(crm.received()).toHaveLength(0);
  const paths = async (more: object) => (await crm.add(more)).body.errors?.map(({ path }: { path: string }) => path);
  expect(await paths({ events: ['case.opned', 'nothing.*'] })).toEqual(['events.0', 'events.1']);
  expect(await paths({ url: 'https://10.0.0.1/x' })).toEqual(['url']);
  expect(await paths({ events: [] })).toEqual(['events']);
  const marketer = await crm.tokenFor(['marketer']);
  expect((await crm.ask('GET /v1/webhooks', { token: marketer })).status).toBe(403);
  const who = ok(await crm.ask('GET /v1/whoami', { token: marketer }));
  expect(who).toMatchObject({ tenant: crm.tenant, roles: ['marketer'], actor: expect.stringMatching(/^user:/) });
  expect(who.scopes).toContain('marketing.write');
});

test('nothing of an erased customer is left in deliveries', async () => {
  const crm = await hooks();
  const { id } = ok(await crm.add({ events: ['case.opened'] }));
  const { id: customerId } = await crm.customer();
  await crm.open(customerId);
  await crm.idle();
  expect(await crm.sent(id)).toHaveLength(1);
  ok(await crm.ask('POST /v1/customers/{id}/erase', { params: { id: customerId }, body: { reason: 'asked' } }));
  await crm.idle();
  expect(await crm.sent(id)).toHaveLength(0);
});
