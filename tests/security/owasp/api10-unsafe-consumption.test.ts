import { expect, test } from 'vitest';
import { type World, world } from '../../world.ts';

const putOn = async (crm: World, bus: string, source: string, type: string, detail: object) => {
  const reply = await fetch(crm.awsUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
    body: JSON.stringify({
      Entries: [
        {
          EventBusName: bus,
          Source: source,
          DetailType: type,
          Detail: JSON.stringify({ tenant: crm.tenant, ...detail }),
        },
      ],
    }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};

const tagsOf = async (crm: World, id: string): Promise<string[]> =>
  (await crm.ask('GET /v1/customers/{id}', { params: { id } })).body.attributes?.tags ?? [];

test('an event of ours that others put on a bus is refused there, or has no effect', async () => {
  const crm = await world();
  const { body } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', email: 'ada@example.com' } });
  const when = { 'detail-type': ['tracked.track'], detail: { data: { event: ['Order Forged'] } } };
  const trigger = { name: 'forged', when, then: [{ tag: 'forged' }], state: 'active' };
  expect((await crm.ask('POST /v1/triggers', { body: trigger })).status).toBe(201);
  const { id } = body;
  const data = { event: 'Order Forged', properties: {}, context: {} };
  const event = { id: 'evt_1', customerId: id, about: id, actor: 'x', occurredAt: await crm.now(), data };
  const refused = await putOn(crm, crm.ownBusName, 'rapport.tracking', 'tracked.track', event);
  expect([refused.status, refused.body.__type]).toEqual([400, 'AccessDeniedException']);
  const taken = await putOn(crm, crm.busName, 'rapport.tracking', 'tracked.track', event);
  expect(taken.body.FailedEntryCount).toBe(0);
  await crm.idle();
  expect(await tagsOf(crm, id)).toEqual([]);
  // the same event as an operator's republication: so it would have had an effect
  await crm.put('tracked.track', event, 'rapport.tracking');
  await crm.idle();
  expect(await tagsOf(crm, id)).toEqual(['forged']);
});

test('only sources that a tenant names act for it, once it names some', async () => {
  const crm = await world();
  const known = async () => (await crm.ask('GET /v1/customers', {})).body.items.length;
  const identify = async (source: string) => {
    await crm.put('identify', { userId: `u-${source}`, traits: { firstName: 'Ada' } }, source);
    await crm.idle();
  };
  await identify('web');
  expect(await known()).toBe(1);
  expect((await crm.ask('PUT /v1/settings/bus', { body: { sources: ['shop'] } })).status).toBe(200);
  await identify('other');
  expect(await known()).toBe(1);
  await identify('shop');
  expect(await known()).toBe(2);
  expect((await crm.ask('GET /v1/settings/bus', {})).body).toMatchObject({ sources: ['shop'], version: 1 });
});

test('a report of the mail provider that others forge has no effect', async () => {
  const crm = await world();
  const email = `ada@${crm.tenant}.example`;
  await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', email } });
  await crm.ask('POST /v1/portal/sign-in', { body: { tenant: crm.tenant, email }, token: null });
  await crm.idle();
  const messages = async () => (await crm.ask('GET /v1/messages', { query: { state: 'delivered' } })).body.items;
  const [sent] = await messages();
  expect(sent).toMatchObject({ to: email });
  const tags = { tenant: [crm.tenant], message: [sent.id], messageId: [sent.id] };
  const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: email }] };
  const forged = { eventType: 'Bounce', mail: { tags }, bounce };
  for (const source of ['aws.ses', 'ses', 'shop']) await putOn(crm, crm.busName, source, 'Email Bounced', forged);
  await crm.idle();
  expect(await messages()).toMatchObject([{ id: sent.id }]);
  expect((await crm.ask('GET /v1/suppressions')).body.items).toEqual([]);
});
