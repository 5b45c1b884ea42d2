import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { privacyWorld } from './privacy-world.ts';

test('a consent is recorded with purpose, basis, wording, jurisdiction and author; the history has every proof', async () => {
  const crm = privacyWorld(await world());
  const ada = await crm.customer();
  const terms = {
    lawfulBasis: 'consent',
    wording: { text: 'Send me the newsletter', version: 'v3' },
    jurisdiction: 'DE',
    proof: { form: 'checkout-3' },
  };
  const granted = await crm.say(ada.id, terms);
  expect(granted.status).toBe(200);
  expect(granted.body).toMatchObject({ status: 'granted', ...terms, by: expect.stringMatching(/^user:/), version: 1 });
  await crm.say(ada.id, { status: 'withdrawn', source: 'phone', proof: { call: 7 } });
  await crm.say(ada.id, {}, 'sms');

  expect(await crm.consents(ada.id)).toMatchObject([
    { channel: 'sms', topic: 'news', status: 'granted' },
    { channel: 'email', topic: 'news', status: 'withdrawn', source: 'phone', version: 2 },
  ]);
  const history = await crm.history(ada.id);
  expect(history).toMatchObject([
    { status: 'withdrawn', source: 'phone', proof: { call: 7 }, by: expect.stringMatching(/^user:/) },
    { status: 'granted', source: 'form', ...terms },
  ]);
  const first = await crm.ask('GET /v1/customers/{id}/consents/{channel}/{topic}/history', {
    params: { id: ada.id, channel: 'email', topic: 'news' },
    query: { limit: 1 },
  });
  expect([first.body.items.length, typeof first.body.nextCursor]).toEqual([1, 'string']);
  expect(await crm.timeline(ada.id, 'consent.changed')).toMatchObject([{}, {}, { data: terms }]);
});

test('a consent can expire at the last possible instant', async () => {
  const crm = privacyWorld(await world());
  const ada = await crm.customer();
  const { status, body } = await crm.say(ada.id, { expiresAt: '9999-12-31T23:59:59Z' });
  expect([status, body.status]).toEqual([200, 'granted']);
});

test('an expired consent is not granted from that instant on, is reported once, and can be renewed', async () => {
  const crm = privacyWorld(await world());
  const [ada, eve] = [await crm.customer(), await crm.customer()];
  expect((await crm.say(ada.id, { validity: 'P30D' })).body.expiresAt).toBeTypeOf('string');
  const later = new Date(Date.parse(await crm.now()) + 20 * 86_400_000).toISOString();
  await crm.say(eve.id, { expiresAt: later });
  const list = await crm.ask('POST /v1/lists', {
    body: { name: 'Readers', kind: 'dynamic', where: { consent: { channel: 'email', topic: 'news' } } },
  });
  const readers = async () =>
    (await crm.ask('GET /v1/lists/{id}/members', { params: { id: list.body.id } })).body.items.length;
  expect([await crm.reaches(ada.id), await readers()]).toEqual(['yes', 2]);

  await crm.advance('P25D');
  await crm.idle();
  expect([await readers(), await crm.reaches(eve.id)]).toEqual([1, `no consent to news by email: expired on ${later}`]);
  await crm.say(ada.id, { validity: 'P30D' }); // renewed: the first timer does nothing
  await crm.advance('P10D');
  await crm.idle();
  expect(await crm.reaches(ada.id)).toBe('yes');
  expect(await crm.timeline(ada.id, 'consent.expired')).toEqual([]);
  expect(await crm.timeline(eve.id, 'consent.expired')).toMatchObject([{ data: { topic: 'news', expiresAt: later } }]);
  expect(await crm.consents(eve.id)).toMatchObject([{ status: 'expired', expiresAt: later }]);
  expect((await crm.history(eve.id)).map(({ status }) => status)).toEqual(['expired', 'granted']);
  const view = await crm.ask('GET /v1/customers/{id}/view', { params: { id: eve.id } });
  expect(view.body.consents).toMatchObject([{ status: 'expired' }]);
});

test('an opt-out topic reaches customers who have not objected, and none who have, by any channel', async () => {
  const crm = privacyWorld(await world());
  const [ada, eve, ben] = [await crm.customer(), await crm.customer(), await crm.customer()];
  expect(await crm.reaches(ada.id)).toBe('no consent to news by email');
  await crm.topic('news', { basis: 'legitimate-interests' });
  expect(await crm.reaches(ada.id)).toBe('yes');
  expect(await crm.consents(ada.id)).toMatchObject([
    { channel: 'email', status: 'granted', implied: true, lawfulBasis: 'legitimate-interests' },
    { channel: 'sms', status: 'granted', implied: true },
  ]);
  await crm.say(eve.id, { status: 'withdrawn' });
  expect(await crm.reaches(eve.id)).toMatch(/^no consent to news by email: withdrawn on/);

  await crm.reaches(ben.id);
  const mail = (await crm.outbox(ben.email)).at(-1);
  const header = mail?.headers.find(({ name }: { name: string }) => name === 'List-Unsubscribe').value as string;
  await crm.form(new URL(header.slice(1, -1)).pathname, { 'List-Unsubscribe': 'One-Click' });
  expect(await crm.reaches(ben.id)).not.toBe('yes');
  expect((await crm.consents(ben.id)).map(({ channel, status }) => [channel, status])).toEqual([
    ['email', 'withdrawn'],
    ['sms', 'granted'],
  ]);
  await crm.ask('DELETE /v1/topics/{topic}', { params: { topic: 'news' } });
  expect(await crm.reaches(ada.id)).toBe('no consent to news by email');
});

test('consents take basis, purpose and validity from their topic; undeclared topics work without', async () => {
  const crm = privacyWorld(await world());
  const ada = await crm.customer();
  const params = { topic: 'news' };
  const fields = { name: 'News', channels: ['email'], validity: 'P2Y', names: { de: 'Neues' } };
  const put = await crm.ask('PUT /v1/topics/{topic}', { params, body: fields });
  expect(put.body).toMatchObject({ topic: 'news', ...fields, basis: 'consent', doubleOptIn: false, hidden: false });
  const again = await crm.ask('PUT /v1/topics/{topic}', { params, body: { ...fields, name: 'Newsletter' } });
  expect([again.body.version, again.body.createdAt]).toEqual([2, put.body.createdAt]);
  await crm.topic('alpha');
  const { body } = await crm.ask('GET /v1/topics');
  expect(body.items.map(({ topic }: { topic: string }) => topic)).toEqual(['alpha', 'news']);

  expect((await crm.say(ada.id, {})).body).toMatchObject({ lawfulBasis: 'consent', expiresAt: expect.any(String) });
  expect((await crm.say(ada.id, {}, 'post', 'undeclared')).body).not.toHaveProperty('expiresAt');
  expect(await crm.refusal(crm.say(ada.id, {}, 'sms'))).toEqual([422, 'request.invalid', 'channel']);
  expect((await crm.say(ada.id, { status: 'withdrawn' }, 'sms')).status).toBe(200);
  const gone = await crm.ask('DELETE /v1/topics/{topic}', { params });
  expect([gone.status, (await crm.ask('DELETE /v1/topics/{topic}', { params })).body.code]).toEqual([
    200,
    'topic.not-found',
  ]);
});

test('an invalid consent or topic is rejected with all its bad fields', async () => {
  const crm = privacyWorld(await world());
  const { id } = await crm.customer();
  const bad = (said: Record<string, unknown>) => crm.refusal(crm.say(id, said));
  const invalid = (...paths: string[]) => [422, 'request.invalid', ...paths];
  expect(await bad({ purpose: 'unheard-of' })).toEqual(invalid('purpose'));
  expect(await bad({ expiresAt: '2020-01-01T00:00:00Z' })).toEqual(invalid('expiresAt'));
  expect(await bad({ expiresAt: '2199-01-01T00:00:00Z', validity: 'P1Y' })).toEqual(invalid('validity'));
  expect(await bad({ status: 'withdrawn', validity: 'P1Y', confirmed: true, proof: 1 })).toEqual(
    invalid('validity', 'confirmed'),
  );
  expect(await bad({ confirmed: true })).toEqual(invalid('proof'));
  expect(await bad({ wording: {}, jurisdiction: 'Germany', lawfulBasis: 'whim' })).toEqual(
    invalid('lawfulBasis', 'wording', 'jurisdiction'),
  );
  expect(await bad({ status: 'pending' })).toEqual(invalid('status'));
  expect(await bad({ proof: 'x'.repeat(20_000) })).toEqual(invalid('proof'));

  const badTopic = (body: Record<string, unknown>, topic = 'news') =>
    crm.refusal(
      crm.ask('PUT /v1/topics/{topic}', { params: { topic }, body: { name: 'x', channels: ['email'], ...body } }),
    );
  expect(await badTopic({}, 'a b')).toEqual(invalid('topic'));
  expect(await badTopic({ purpose: 'nothing' })).toEqual(invalid('purpose'));
  expect(await badTopic({ channels: ['email', 'email'], validity: 'PT1H', names: { 'not a tag!': 'x' } })).toEqual(
    invalid('names.not a tag!', 'channels', 'validity'),
  );
  expect(await badTopic({ basis: 'legitimate-interests', doubleOptIn: true })).toEqual(invalid('doubleOptIn'));
  const agent = await crm.tokenFor(['agent']);
  const body = { name: 'x', channels: ['email'] };
  expect((await crm.ask('PUT /v1/topics/{topic}', { params: { topic: 'x' }, body, token: agent })).status).toBe(403);
  expect((await crm.ask('GET /v1/topics', { token: agent })).status).toBe(200);
});
