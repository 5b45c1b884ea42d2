import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

const create = (crm: World, body: string) => crm.ask('POST /v1/customers', { body });

test.each(['id', 'tenant', 'version', 'createdAt', 'updatedAt', 'status', 'holder', 'pk', '__proto__', 'constructor'])(
  '%s cannot be set by whoever creates or changes a customer',
  async name => {
    const crm = await world();
    const given = (email: string) => `{"email":"${email}","${name}":"x"}`;
    const created = await create(crm, given('ada@example.com'));
    expect(created.status).toBe(422);
    expect(created.body.errors).toEqual([{ path: name, message: expect.any(String) }]);
    const { body: ada } = await create(crm, '{"email":"ada@example.com"}');
    const changed = await crm.ask('PATCH /v1/customers/{id}', { params: ada, body: given('eve@example.com') });
    expect(changed.status).toBe(422);
    const { body: after } = await crm.ask('GET /v1/customers/{id}', { params: ada });
    expect(after).toEqual(ada);
  },
);

test.each([
  ['infinite numbers', '{"email":"a@example.com","attributes":{"n":1e400}}', 422],
  ['numbers beyond exactness', '{"email":"a@example.com","attributes":{"n":12345678901234567890}}', 422],
  ['what queues do not take', '{"email":"a@example.com","attributes":{"t":"\uffff"}}', 422],
  ['half a character', '{"email":"a@example.com","attributes":{"t":"\\ud800"}}', 422],
  ['a prototype', '{"email":"a@example.com","attributes":{"__proto__":{"admin":true}}}', 422],
  ['a constructor deep inside', '{"email":"a@example.com","attributes":{"a":[{"constructor":{}}]}}', 422],
  ['a list', '[]', 422],
  ['null', 'null', 422],
  ['something deep', `{"attributes":{"a":${'['.repeat(30)}${']'.repeat(30)}}}`, 400],
  ['something very deep', '['.repeat(200_000), 400],
  ['something wide', `{"attributes":{${Array.from({ length: 5000 }, (_, nth) => `"a${nth}":1`).join(',')}}}`, 422],
  ['a NUL', '\u0000', 400],
])('a body with %s is refused', async (_, body, status) => {
  const crm = await world();
  expect((await create(crm, body)).status).toBe(status);
});

test('names that every object has are kept as data and are nothing else', async () => {
  const crm = await world();
  const attributes = { toString: 'a', hasOwnProperty: 'b', valueOf: 'c', then: 'd' };
  const { body: ada } = await crm.ask('POST /v1/customers', { body: { email: 'ada@example.com', attributes } });
  const changed = await crm.ask('PATCH /v1/customers/{id}', { params: ada, body: { attributes: { then: null } } });
  expect(changed.body.attributes).toEqual({ toString: 'a', hasOwnProperty: 'b', valueOf: 'c' });
});

test.each(['a#b', '~', '@2026', 'a/b', '../x', '%2f', 'é', '😀', 'a\nb', 'x#customer#y', 'a?b&c=d'])(
  'the external id %j is found as it is, and by its own tenant alone',
  async externalId => {
    const [crm, other] = [await world(), await world()];
    const { status, body } = await crm.ask('PUT /v1/customers', { body: { externalId } });
    expect(status).toBe(201);
    const found = await crm.ask('GET /v1/customers', { query: { externalId } });
    expect(found.body.items).toEqual([body]);
    expect((await other.ask('GET /v1/customers', { query: { externalId } })).body.items).toEqual([]);
  },
);

test.each(['a#b', '~', '@', '__proto__', '%25', '\u0000', '😀', ' ', 'x'.repeat(200), 'x'.repeat(3000)])(
  'nothing is put or found under the key %j',
  async id => {
    const crm = await world();
    const body = { name: 'Workshop', capacity: 1 };
    for (const key of ['queues/{id}', 'agents/{id}', 'calendars/{id}', 'sla-policies/{id}', 'pipelines/{id}']) {
      expect([404, 422]).toContain((await crm.ask(`PUT /v1/${key}`, { params: { id }, body })).status);
      expect((await crm.ask(`GET /v1/${key}`, { params: { id } })).status).toBe(404);
    }
    const found = await crm.ask('GET /v1/customers/{id}', { params: { id } });
    expect([found.status, found.body.detail]).toEqual([404, expect.any(String)]);
  },
);

test('a cursor of another list, or of none, is refused or finds nothing, and never fails', async () => {
  const crm = await world();
  for (const givenName of ['Bob', 'Bobby', 'Bo'])
    await crm.ask('POST /v1/customers', { body: { givenName, phone: '+6561234567' } });
  const { body: ada } = await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  const cursorOf = async (path: string) => (await crm.ask(`GET /v1/${path}limit=1`)).body.nextCursor as string;
  const places = [
    '~~~',
    '@',
    '\u{10ffff}',
    '\u{10ffff}\u{10ffff}',
    'bob\u{10ffff}\u{10ffff}',
    '\u0000',
    'b'.repeat(740),
  ];
  const cursors = [
    await cursorOf('customers?'),
    await cursorOf('customers?q=bo&'),
    await cursorOf('customers?phone=%2B6561234567&'),
    ...places.map(place => Buffer.from(place).toString('base64url')),
  ];
  const lists = [
    'customers?',
    'customers?q=bo&',
    'customers?q=ada&',
    'customers?phone=%2B6561234567&',
    `customers/${ada.id}/timeline?`,
    `customers/${ada.id}/timeline?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&`,
    `customers/${ada.id}/decisions?`,
    'cases?',
    'leads?',
    'opportunities?stage=qualified&',
    `opportunities?customerId=${ada.id}&`,
    'agents?',
    'triggers?',
  ];
  for (const list of lists) {
    for (const cursor of cursors) {
      const { status, body } = await crm.ask(`GET /v1/${list}cursor=${cursor}`);
      expect([list, cursor, status]).toEqual([list, cursor, status === 200 ? 200 : 400]);
      if (status === 400) expect(body.code).toBe('cursor.malformed');
    }
  }
  const next = await crm.ask(`GET /v1/customers?q=bo&limit=2&cursor=${cursors[1]}`);
  expect(next.body.items).toHaveLength(2);
});

test('a name of punctuation alone is nobody’s', async () => {
  const crm = await world();
  await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } });
  expect((await crm.ask('GET /v1/customers', { query: { q: '...' } })).body).toEqual({ items: [], nextCursor: null });
});

test('more bad fields than a reply has room for are counted, and its first hundred named', async () => {
  const crm = await world();
  const fields = Array.from({ length: 80_000 }, (_, nth) => `"f${nth}":1`).join(',');
  const { status, body } = await create(crm, `{"email":"a@example.com",${fields}}`);
  expect([status, body.errors.length]).toEqual([422, 100]);
  expect(body.detail).toMatch(/; and 79900 more$/);
});

test('an event of an endless name fires what listens to all, and nothing can listen to it alone', async () => {
  const crm = await world();
  const event = 'x'.repeat(5000);
  const listening = (named: object) => ({ 'detail-type': ['tracked.track'], detail: { data: named } });
  const trigger = { name: 'Long', then: [{ tag: 'seen' }], state: 'active' };
  const alone = await crm.ask('POST /v1/triggers', { body: { ...trigger, when: listening({ event: [event] }) } });
  expect([alone.status, alone.body.errors[0].path]).toEqual([422, 'when']);
  const all = await crm.ask('POST /v1/triggers', { body: { ...trigger, when: listening({ properties: { a: [1] } }) } });
  expect(all.status).toBe(201);
  const { body: ada } = await crm.ask('POST /v1/customers', { body: { externalId: 'ada' } });
  const { body: key } = await crm.ask('POST /v1/write-keys', { body: { name: 'shop' } });
  const headers = { authorization: `Basic ${Buffer.from(`${key.key}:`).toString('base64')}` };
  await crm.idle();
  const call = { userId: 'ada', event, properties: { a: 1 } };
  await crm.ask('POST /v1/track', { token: null, headers, body: call });
  await crm.idle();
  const decisions = await crm.ask('GET /v1/customers/{id}/decisions', { params: { id: ada.id } });
  expect(decisions.body.items).toMatchObject([{ kind: 'trigger', outcome: 'fired', cause: all.body.id }]);
});

test.each(['日本', 'ü', 'a b', 'a%25b', 'a?b#c', '😀'])(
  'a record under the key %j is where its Location says',
  async userId => {
    const crm = await world();
    const { status, headers } = await crm.ask('PUT /v1/staff/{userId}', { params: { userId }, body: { name: 'Sue' } });
    expect(status).toBe(201);
    const location = headers.get('location') ?? '';
    expect(location).toBe(`/v1/staff/${encodeURIComponent(userId)}`);
    expect((await crm.ask(`GET ${location}`)).body.id).toBe(userId);
  },
);

test.each(['a\u0000b', 'a\nb', '\u007f', 'x\u0085'])('no path has the control character of %j', async id => {
  const crm = await world();
  for (const key of [
    'PUT /v1/staff/{id}',
    'GET /v1/customers/{id}',
    'DELETE /v1/documents/{id}',
    'PUT /v1/queues/{id}',
  ]) {
    const { status } = await crm.ask(key, { params: { id }, body: key.startsWith('PUT') ? { name: 'x' } : undefined });
    expect([key, status]).toEqual([key, 404]);
  }
  expect((await crm.ask('GET /v1/staff')).body.items).toEqual([]);
});

test('a text of one line has one line', async () => {
  const crm = await world();
  const { body } = await crm.ask('POST /v1/documents', { body: { name: ' A\r\nBcc:\u0000x\t' } });
  expect(body.name).toBe('A Bcc: x');
  const empty = await crm.ask('POST /v1/documents', { body: { name: '\r\n' } });
  expect([empty.status, empty.body.errors?.[0]?.path]).toEqual([422, 'name']);
});

test('a period that ends before it begins is refused', async () => {
  const crm = await world();
  const { body: ada } = await create(crm, '{"email":"ada@example.com"}');
  const query = { from: '2026-12-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
  const { status, body } = await crm.ask('GET /v1/customers/{id}/timeline', { params: ada, query });
  expect([status, body.errors[0].path]).toEqual([422, 'to']);
});
