import { expect, test } from 'vitest';
import { company } from './public-company.ts';

test('a key of a page cannot take over a customer whose address it knows', async () => {
  const crm = await company();
  const before = await crm.read();
  const attacker = `mallory@${crm.tenant}.example`;
  await crm.identify('att-1', { email: crm.email });
  await crm.identify('att-1', { email: attacker, firstName: 'Mallory', phone: '+6598765432', birthday: '2000-01-01' });
  const after = await crm.read();
  for (const field of ['email', 'givenName', 'phone', 'dateOfBirth', 'externalId']) {
    expect([field, after[field]]).toEqual([field, before[field]]);
  }
  const asked = { tenant: crm.tenant, email: attacker };
  expect((await crm.ask('POST /v1/portal/sign-in', { body: asked, token: null })).status).toBe(202);
  await crm.idle();
  expect(await crm.outbox(attacker)).toEqual([]);
});

test('what a key of a page says is recorded as a conflict, and its behaviour belongs to the customer', async () => {
  const crm = await company();
  await crm.identify('u-7', { email: crm.email, firstName: 'Adah' });
  await crm.post('/v1/track', { userId: 'u-7', event: 'Viewed' }, { key: crm.publicKey });
  await crm.idle();
  expect((await crm.events(crm.id)).map(({ data }) => data.event)).toEqual(['Viewed']);
  const { body } = await crm.ask('GET /v1/conflicts');
  expect(JSON.stringify(body)).toContain('a public write key cannot set it');
});

test('a server key changes the same customer', async () => {
  const crm = await company();
  await crm.identify('u-7', { email: crm.email });
  await crm.identify('u-7', { email: crm.email, firstName: 'Adah' }, crm.key);
  expect(await crm.read()).toMatchObject({ givenName: 'Adah', email: crm.email });
});

test('a visitor creates and changes a record of its own, which gets no code and blocks no address', async () => {
  const crm = await company();
  const email = `eve@${crm.tenant}.example`;
  await crm.identify('eve-1', { email, firstName: 'Eve', phone: '+6598765432' });
  await crm.identify('eve-1', { email, firstName: 'Eva' });
  const record = await crm.byExternalId('eve-1');
  expect(record).toMatchObject({ email, givenName: 'Eva' });
  await crm.ask('POST /v1/portal/sign-in', { body: { tenant: crm.tenant, email }, token: null });
  await crm.idle();
  expect(await crm.outbox(email)).toEqual([]);

  const { status, body } = await crm.ask('POST /v1/customers', { body: { givenName: 'Evelyn', email } });
  expect([status, body.id]).toEqual([201, record.id]);
  expect(body.phone).toBeUndefined();
  await crm.identify('eve-1', { email: `other@${crm.tenant}.example`, firstName: 'Mallory' });
  expect(await crm.read(record.id)).toMatchObject({ email, givenName: 'Evelyn' });
  await crm.ask('POST /v1/portal/sign-in', { body: { tenant: crm.tenant, email }, token: null });
  await crm.idle();
  expect((await crm.outbox(email)).length).toBe(1);
});

test('a key of a page may withdraw consent, and cannot grant it for a customer whom others know', async () => {
  const crm = await company();
  await crm.ask('PUT /v1/topics/{topic}', {
    params: { topic: 'news' },
    body: { name: 'News', channels: ['email'], category: 'marketing' },
  });
  const consent = async () => {
    const { body } = await crm.ask('GET /v1/customers/{id}/consents', { params: { id: crm.id } });
    return body.items.find((one: { topic: string }) => one.topic === 'news')?.status;
  };
  const say = async (marketing: boolean, key: string) => {
    const context = { consent: { categoryPreferences: { marketing } } };
    await crm.post('/v1/identify', { userId: 'u-7', traits: { email: crm.email }, context }, { key });
    await crm.idle();
  };
  await say(true, crm.publicKey);
  expect(await consent()).not.toBe('granted');
  await say(true, crm.key);
  expect(await consent()).toBe('granted');
  await say(false, crm.publicKey);
  expect(await consent()).toBe('withdrawn');
});

test('what a key of a page says earns no points, by a trigger, a journey or a wait of one, and the reason is on record', async () => {
  const crm = await company();
  await crm.post('/v1/identify', { userId: 'ada', traits: { email: crm.email } });
  await crm.idle();
  const programme = { currencyName: 'miles', earn: [], tiers: [] };
  const id = 'club';
  expect((await crm.ask('PUT /v1/programmes/{id}', { params: { id }, body: programme })).status).toBe(201);
  const points = { programme: id, amount: 10 };
  const when = { 'detail-type': ['tracked.track'], detail: { data: { event: ['Spin'] } } };
  const trigger = { name: 'T', when, then: [{ points }], state: 'active' };
  expect((await crm.ask('POST /v1/triggers', { body: trigger })).status).toBe(201);
  const waits = [{ waitFor: { event: 'Quiz' }, timeout: 'P1D', then: [{ points }] }];
  for (const [event, steps] of [
    ['Spin', [{ points }]],
    ['Start', waits],
  ] as const) {
    const body = { name: event, entry: { event }, steps, state: 'active' };
    expect((await crm.ask('POST /v1/journeys', { body })).status).toBe(201);
  }
  const track = (event: string, key?: string) => crm.send('/v1/track', { userId: 'ada', event }, key);
  const balance = async () =>
    (await crm.ask('GET /v1/programmes/{id}/members/{customerId}', { params: { id, customerId: crm.id } })).body
      .balance;
  await track('Spin');
  await track('Start', crm.key);
  await track('Quiz');
  expect(await balance()).toBe(0);
  const withheld = (await crm.decisions()).filter(({ kind }) => kind === 'points');
  expect(withheld.map(({ outcome }) => outcome)).toEqual(['withheld', 'withheld', 'withheld']);
  await track('Spin', crm.key);
  expect(await balance()).toBe(20);
});

test('a touch point that names a device which a key of a page linked is told nothing of the customer', async () => {
  const crm = await company();
  const placement = { params: { id: 'home' }, body: { name: 'Home', fallback: {} } };
  expect((await crm.ask('PUT /v1/placements/{id}', placement)).status).toBe(201);
  const body = { name: 'Hello', placements: ['home'], content: { title: 'Hello {{ customer.givenName }}' } };
  expect((await crm.ask('POST /v1/offers', { body })).status).toBe(201);
  const title = async (anonymousId: string) =>
    (await crm.ask('POST /v1/decide', { body: { placement: 'home', anonymousId } })).body.content.title;
  await crm.send('/v1/identify', { anonymousId: 'of-mallory', traits: { email: crm.email } });
  expect(await title('of-mallory')).toBe('Hello ');
  await crm.send('/v1/identify', { anonymousId: 'of-ada', traits: { email: crm.email } }, crm.key);
  expect(await title('of-ada')).toBe('Hello Ada');
});
