import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { company } from './public-company.ts';

const viewed = (userId: string, event: string) => ({ userId, event });

test('a link that a key of a page claims is shown as such, and taken back in one call', async () => {
  const crm = await company();
  await crm.identify('u-7', { email: crm.email });
  await crm.send('/v1/track', viewed('u-7', 'Before'));
  expect(await crm.links()).toMatchObject([{ type: 'externalId', value: 'u-7', claimed: true }]);
  const params = { id: crm.id, type: 'externalId', value: 'u-7' };
  const path = 'DELETE /v1/customers/{id}/identities/{type}/{value}';
  expect((await crm.ask(path, { params })).status).toBe(200);
  expect((await crm.ask(path, { params })).body.code).toBe('identity.not-found');
  expect(await crm.links()).toEqual([]);
  await crm.send('/v1/track', viewed('u-7', 'After'));
  await crm.identify('u-7', { email: crm.email, firstName: 'Mallory' });
  await crm.send('/v1/track', viewed('u-7', 'Later'));
  expect((await crm.events(crm.id)).map(({ data }) => data.event)).toEqual(['Before']);
  const other = await crm.byExternalId('u-7');
  expect(other.id).not.toBe(crm.id);
  expect((await crm.events(other.id)).map(({ data }) => data.event)).toEqual(['After', 'Later']);
});

test('a device that a key of a page linked is taken back too', async () => {
  const crm = await company();
  const call = { anonymousId: 'device-of-mallory', traits: { email: crm.email } };
  await crm.send('/v1/identify', call);
  expect(await crm.links()).toMatchObject([{ type: 'anonymousId', claimed: true }]);
  const params = { id: crm.id, type: 'anonymousId', value: 'device-of-mallory' };
  await crm.ask('DELETE /v1/customers/{id}/identities/{type}/{value}', { params });
  await crm.send('/v1/identify', { ...call, messageId: 'again' });
  await crm.send('/v1/track', { anonymousId: 'device-of-mallory', event: 'Viewed' });
  expect(await crm.links()).toEqual([]);
  expect(await crm.events(crm.id)).toEqual([]);
});

test('a server proves a link by the address, and nothing else is changed by what it says of the user id', async () => {
  const crm = await company();
  await crm.identify('u-7', { email: crm.email });
  await crm.identify('u-7', { phone: '+6598765432', firstName: 'Mallory', plan: 'gold' }, crm.key);
  expect(await crm.links()).toMatchObject([{ vouched: 'server' }]);
  expect(await crm.read()).toMatchObject({ givenName: 'Ada', phone: '+6591234567', attributes: { plan: 'gold' } });
  await crm.identify('u-7', { email: crm.email, firstName: 'Adah' }, crm.key);
  expect((await crm.links())[0]).not.toHaveProperty('vouched');
  expect(await crm.read()).toMatchObject({ givenName: 'Adah' });
});

test.each([
  ['by a server', undefined],
  ['by its device', 'device-of-mallory'],
])(
  'a user id that a server knows with another address leaves the record that it was claimed for, named %s',
  async (_, anonymousId) => {
    const crm = await company();
    await crm.send('/v1/identify', { userId: 'att-1', anonymousId, traits: { email: crm.email } });
    const own = `mallory@${crm.tenant}.example`;
    await crm.send(
      '/v1/identify',
      { userId: 'att-1', anonymousId, traits: { email: own, firstName: 'Mallory' } },
      crm.key,
    );
    expect(await crm.read()).toMatchObject({ email: crm.email, givenName: 'Ada' });
    expect(await crm.byExternalId('att-1')).toMatchObject({ email: own, givenName: 'Mallory' });
    expect((await crm.byExternalId('att-1')).id).not.toBe(crm.id);
  },
);

test('what keys of pages linked to a record of their own stays a claim when the record becomes somebody’s', async () => {
  const crm = await company();
  const [email, own] = [`eve@${crm.tenant}.example`, `mallory@${crm.tenant}.example`];
  for (const userId of ['m-1', 'm-2']) await crm.identify(userId, { email });
  await crm.send('/v1/identify', { anonymousId: 'device-of-mallory', traits: { email } });
  const { id } = (await crm.ask('POST /v1/customers', { body: { givenName: 'Eve', email } })).body;
  expect((await crm.links(id)).map(({ value, claimed }) => [value, claimed]).sort()).toEqual([
    ['device-of-mallory', true],
    ['m-1', true],
    ['m-2', true],
  ]);
  await crm.identify('m-2', { email: own, firstName: 'Mallory' }, crm.key);
  const call = { userId: 'm-3', anonymousId: 'device-of-mallory', traits: { firstName: 'Mallory' } };
  await crm.send('/v1/identify', call, crm.key);
  expect(await crm.read(id)).toMatchObject({ email, givenName: 'Eve' });
  expect(await crm.read(id)).not.toHaveProperty('externalId');
  expect(await crm.byExternalId('m-2')).toMatchObject({ email: own });
  expect((await crm.byExternalId('m-3')).id).not.toBe(id);
});

test('a key of a page does not take a device that a server linked', async () => {
  const crm = await company();
  const device = { anonymousId: 'device-of-ada' };
  await crm.send('/v1/identify', { userId: 'u-1', ...device, traits: { email: crm.email } }, crm.key);
  const call = { userId: 'att-1', ...device, traits: { email: `mallory@${crm.tenant}.example` } };
  await crm.send('/v1/identify', call);
  await crm.send('/v1/track', { ...device, event: 'Viewed' });
  expect((await crm.events(crm.id)).map(({ data }) => data.event)).toEqual(['Viewed']);
});

test('what a server tracks under a user id that a key of a page claimed waits until the id is proven', async () => {
  const crm = await company();
  const order = (userId: string) => {
    const properties = { order_id: `O-${userId}`, total: 20, currency: 'SGD' };
    return crm.send('/v1/track', { userId, event: 'Order Completed', properties }, crm.key);
  };
  const seen = async (id: string) => {
    const { body } = await crm.ask('GET /v1/orders', { query: { customerId: id } });
    return [(await crm.events(id)).length, body.items.map(({ number }: { number: string }) => number)];
  };
  await order('1001');
  for (const userId of ['1001', '1002', '1003']) await crm.identify(userId, { email: crm.email });
  await crm.identify('1002', { plan: 'gold' }, crm.key);
  for (const userId of ['1002', '1003']) await order(userId);
  expect(await seen(crm.id)).toEqual([0, []]);
  await crm.identify('1003', { email: crm.email }, crm.key);
  expect(await seen(crm.id)).toEqual([1, ['O-1003']]);
  for (const userId of ['1001', '1002']) {
    await crm.identify(userId, { email: `eve${userId}@${crm.tenant}.example` }, crm.key);
    expect(await seen((await crm.byExternalId(userId)).id)).toEqual([1, [`O-${userId}`]]);
  }
  expect(await seen(crm.id)).toEqual([1, ['O-1003']]);
});

test('a signed proof vouches for a user id; a forged one is rejected', async () => {
  const crm = await company();
  await crm.identify('u-7', { email: crm.email });
  const { status, body } = await crm.ask('POST /v1/settings/identity-proof');
  expect(status).toBe(201);
  const proofBy = (secret: string, of = 'u-7') => createHmac('sha256', secret).update(of).digest('hex');
  const claim = (proof: string) =>
    crm.send('/v1/identify', { userId: 'u-7', traits: { email: crm.email }, context: { proof } });
  await claim(proofBy(body.secret, 'u-8'));
  expect(await crm.links()).toMatchObject([{ claimed: true }]);
  expect((await crm.rejections())[0]?.reasons[0]?.reason).toContain('context.proof');
  const renewed = (await crm.ask('POST /v1/settings/identity-proof')).body.secret;
  expect(renewed).not.toBe(body.secret);
  await claim(proofBy(body.secret));
  expect(await crm.links()).toEqual([expect.not.objectContaining({ claimed: true })]);
  expect(await crm.links()).toMatchObject([{ vouched: 'proof' }]);
  const timeline = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: crm.id } });
  expect(JSON.stringify(timeline.body)).not.toContain(proofBy(body.secret));
  // the proof is of the user id: whose the address is, it does not say
  await crm.identify('u-7', { email: `mallory@${crm.tenant}.example`, firstName: 'Mallory' }, crm.key);
  expect(await crm.read()).toMatchObject({ email: crm.email, givenName: 'Ada' });
  expect(await crm.links()).toEqual([]);
});

test('the address that a customer had is told of the change, and who signed in with it is signed out', async () => {
  const crm = await company();
  const token = (await crm.ask('POST /v1/customers/{id}/tokens', { params: { id: crm.id }, body: {} })).body.token;
  await crm.advance('PT1S');
  const email = `new@${crm.tenant}.example`;
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: crm.id }, body: { email, phone: '+6591234999' } });
  await crm.idle();
  expect((await crm.ask('GET /v1/me', { token })).body.code).toBe('token.revoked');
  expect((await crm.outbox(crm.email)).map(({ subject }) => subject)).toEqual(['Your contact details were changed']);
  expect((await crm.outbox('+6591234567')).length).toBe(1);
  expect(await crm.outbox(email)).toEqual([]);
});

test('what only keys of pages say makes no duplicates', async () => {
  const crm = await company();
  const same = { firstName: 'Ada', lastName: 'Tan', birthday: '1990-02-03', phone: '+6591234567' };
  await crm.identify('u-7', same);
  await crm.identify('u-8', same);
  const found = async () => (await crm.ask('GET /v1/duplicates')).body.items.length;
  expect(await found()).toBe(0);
  await crm.identify('u-9', same, crm.key);
  expect(await found()).toBeGreaterThan(0);
});
