import { beforeAll, expect, test } from 'vitest';
import { type World, world } from '../world.ts';

let crm: World;
beforeAll(async () => {
  crm = await world();
});

const create = (body: unknown, headers = {}) => crm.ask('POST /v1/customers', { body, headers });
const read = (id: string, headers = {}) => crm.ask('GET /v1/customers/{id}', { params: { id }, headers });
const find = (query: Record<string, string | number>) => crm.ask('GET /v1/customers', { query });
const patch = (id: string, body: unknown, headers = {}) =>
  crm.ask('PATCH /v1/customers/{id}', { params: { id }, body, headers });

let nth = 0;
const fresh = () => `person${nth++}@example.com`;

test('a created customer is normalised and has a location, a version and an event', async () => {
  const body = {
    givenName: '  ada   may',
    familyName: 'TAN',
    email: ' Ada.MAY@Example.COM ',
    phone: '6123 4567',
    address: { country: 'sg', postcode: '018989' },
    externalId: 'shop-1',
  };
  const made = await create(body);
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toBe(`/v1/customers/${made.body.id}`);
  expect(made.headers.get('etag')).toBe('"1"');
  expect(made.body).toMatchObject({
    kind: 'person',
    givenName: 'ada may',
    familyName: 'TAN',
    name: 'ada may TAN',
    email: 'ada.may@example.com',
    phone: '+6561234567',
    version: 1,
  });
  const { body: timeline } = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: made.body.id } });
  const backwards = await crm.ask('GET /v1/customers/{id}/timeline', {
    params: { id: made.body.id },
    query: { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
  });
  expect([backwards.status, backwards.body.errors]).toEqual([422, [{ path: 'to', message: 'must be after from' }]]);
  expect(timeline.items).toMatchObject([
    { type: 'customer.created', about: made.body.id, actor: expect.stringContaining(':') },
  ]);
});

test('names stay as they are typed, and a patch corrects their case', async () => {
  const { body } = await create({ kind: 'organisation', name: 'Ibm' });
  const patch = (name: string) =>
    crm.ask('PATCH /v1/customers/{id}', { params: { id: body.id }, body: { name } }).then(({ body }) => body.name);
  for (const name of ['IBM', 'J.P.', 'IBM', 'ibm', 'van der Berg']) expect(await patch(name)).toBe(name);
});

test('invisible characters are removed from names', async () => {
  const made = await create({ givenName: 'A\u0000d\u0007a', familyName: '\u202eTan\u202c' });
  expect([made.status, made.body.name]).toEqual([201, 'Ada Tan']);
  expect((await create({ givenName: '\u0000' })).body.errors).toEqual([{ path: 'givenName', message: 'is empty' }]);
  expect((await create({ givenName: '👩‍👩‍👧', familyName: '\u200fعلي' })).body.name).toBe('👩‍👩‍👧 \u200fعلي');
});

test('all invalid fields are reported at once, unknown ones too', async () => {
  const { status, headers, body } = await create({
    email: 'nope',
    vip: true,
    address: { country: 'SGP' },
    timeZone: 'Mars/Base',
  });
  expect(status).toBe(422);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'address.country',
    'email',
    'timeZone',
    'vip',
  ]);
  expect(body).toMatchObject({ code: 'request.invalid', status: 422, requestId: expect.any(String) });
});

test('an invalid phone number is refused, and a national one without a country', async () => {
  expect((await create({ phone: '12', address: { country: 'SG' } })).body.errors[0].path).toBe('phone');
  expect((await create({ phone: '6123 4567' })).status).toBe(422);
  expect((await create({ phone: '+65 6123 4568' })).body.phone).toBe('+6561234568');
});

test('a customer without name, e-mail address and number is refused', async () => {
  expect((await create({})).status).toBe(422);
  expect((await create({ kind: 'organisation', email: fresh() })).body.errors[0].path).toBe('name');
});

test('a taken e-mail address or external id is refused with the id of its holder', async () => {
  const [email, externalId] = [fresh(), 'ext-9'];
  const { body: holder } = await create({ email, externalId });
  expect((await create({ email: email.toUpperCase() })).body).toMatchObject({
    status: 409,
    code: 'customer.email-taken',
    holder: holder.id,
  });
  expect((await create({ externalId, name: 'Bo' })).body).toMatchObject({
    code: 'customer.external-id-taken',
    holder: holder.id,
  });
});

test('one of ten concurrent requests for an address gets it', async () => {
  const email = fresh();
  const replies = await Promise.all(Array.from({ length: 10 }, () => create({ email })));
  expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
});

test('a malformed body, another content type and a deep body have different errors', async () => {
  expect((await create('{"email":')).body).toMatchObject({ status: 400, code: 'body.malformed' });
  expect((await create('<a/>', { 'content-type': 'text/xml' })).body).toMatchObject({
    status: 415,
    code: 'body.not-json',
  });
  const deep = '['.repeat(30) + ']'.repeat(30);
  expect((await create(`{"attributes":{"a":${deep}}}`)).body).toMatchObject({ status: 400, code: 'body.too-deep' });
});

test('a merge patch sets and removes fields and leaves the others; a stale version is refused', async () => {
  const { body: made } = await create({
    givenName: 'Bo',
    email: fresh(),
    attributes: { a: 1, b: { c: 2 } },
    address: { country: 'SG' },
  });
  const changed = await patch(made.id, { attributes: { a: null, d: [1] }, familyName: 'Lim' }, { 'if-match': '"1"' });
  expect(changed.body).toMatchObject({
    name: 'Bo Lim',
    attributes: { b: { c: 2 }, d: [1] },
    address: { country: 'SG' },
    version: 2,
  });
  expect(changed.body.attributes).not.toHaveProperty('a');
  expect((await patch(made.id, { familyName: 'Tan' }, { 'if-match': '"1"' })).body).toMatchObject({
    status: 412,
    code: 'version.stale',
  });
  expect((await patch(made.id, { familyName: 'Tan' }, { 'if-match': 'W/1' })).body).toMatchObject({
    status: 400,
    code: 'if-match.malformed',
  });
  expect((await patch(made.id, { familyName: 'Lim' })).body.version).toBe(2);
  expect((await patch(made.id, { familyName: 'Lim' }, { 'if-match': '"1"' })).status).toBe(412);
  expect((await patch(made.id, { email: 'no', colour: 1 })).body.errors).toHaveLength(2);
});

test('concurrent changes are all applied', async () => {
  const { body: made } = await create({ email: fresh() });
  const replies = await Promise.all(
    Array.from({ length: 5 }, (_, n) => patch(made.id, { attributes: { [`p${n}`]: n } })),
  );
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(Object.keys((await read(made.id)).body.attributes).sort()).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
});

test('a freed address can be taken by another customer', async () => {
  const email = fresh();
  const { body: made } = await create({ email, name: 'Cy' });
  await patch(made.id, { email: null });
  expect((await create({ email })).status).toBe(201);
});

test('an upsert creates once and then updates, even if ten arrive concurrently', async () => {
  const email = fresh();
  const upsert = (body: object) => crm.ask('PUT /v1/customers', { body: { email, ...body } });
  const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => upsert({ attributes: { [`n${n}`]: n } })));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
  const { body } = await upsert({ givenName: 'Di' });
  expect(Object.keys(body.attributes)).toHaveLength(10);
  expect((await crm.ask('PUT /v1/customers', { body: { name: 'Nobody' } })).status).toBe(422);
});

test('customers are found by address, number, external id and a prefix of any of their names', async () => {
  const email = fresh();
  const { body: made } = await create({
    givenName: 'Zoë',
    familyName: 'Ångström',
    email,
    phone: '+6591234567',
    externalId: 'find-me',
  });
  const ids = async (query: Record<string, string>) =>
    (await find(query)).body.items.map(({ id }: { id: string }) => id);
  for (const query of [
    { email: email.toUpperCase() },
    { phone: '+65 9123 4567' },
    { externalId: 'find-me' },
    { q: 'zoe a' },
    { q: 'ANGS' },
  ]) {
    expect(await ids(query as unknown as Record<string, string>)).toEqual([made.id]);
  }
  expect(await ids({ q: 'gstrom' })).toEqual([]);
  expect((await find({ q: 'zoe', email })).status).toBe(422);
});

test('a list is paged without gap or repetition, and a forged cursor is refused', async () => {
  const lone = await world();
  for (let n = 0; n < 12; n++) await lone.ask('POST /v1/customers', { body: { name: `Person ${n}` } });
  const seen: string[] = [];
  let cursor: string | null = '';
  do {
    const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await lone.ask(
      'GET /v1/customers',
      {
        query: { limit: 5, ...(cursor ? { cursor } : {}) },
      },
    );
    seen.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  } while (cursor);
  expect(new Set(seen).size).toBe(12);
  expect(seen).toEqual([...seen].sort().reverse());
  expect((await find({ cursor: '!!' })).body).toMatchObject({ status: 400, code: 'cursor.malformed' });
  expect((await find({ limit: 0 })).status).toBe(422);
});

test('a consent is stored with its source and proof, and its history is on the timeline', async () => {
  const { body: made } = await create({ email: fresh() });
  const params = { id: made.id, channel: 'email', topic: 'news' };
  const set = (status: string, headers = {}) =>
    crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
      headers,
      params,
      body: { status, source: 'form', proof: { ip: '203.0.113.7' } },
    });
  expect((await set('granted')).body).toMatchObject({ status: 'granted', proof: { ip: '203.0.113.7' }, version: 1 });
  expect((await set('withdrawn')).body).toMatchObject({ status: 'withdrawn', version: 2 });
  expect((await set('granted', { 'if-match': '"1"' })).body.code).toBe('version.stale');
  const { body: view } = await crm.ask('GET /v1/customers/{id}/view', { params });
  expect(view.consents).toMatchObject([{ channel: 'email', topic: 'news', status: 'withdrawn' }]);
  const { body: timeline } = await crm.ask('GET /v1/customers/{id}/timeline', {
    params,
    query: { type: 'consent.changed' },
  });
  expect(timeline.items.map(({ data }: { data: { status: string } }) => data.status)).toEqual(['withdrawn', 'granted']);
  expect(
    (
      await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
        params: { ...params, channel: 'fax' },
        body: { status: 'granted', source: 'x' },
      })
    ).status,
  ).toBe(422);
});

test('the single view has every part, empty or not', async () => {
  const { body: made } = await create({ email: fresh() });
  const { body } = await crm.ask('GET /v1/customers/{id}/view', { params: { id: made.id } });
  expect(body).toEqual({
    freshness: {
      asOf: expect.any(String),
      ages: { customer: expect.any(Number), timeline: expect.any(Number), records: null },
    },
    customer: made,
    consents: [],
    contactability: [expect.objectContaining({ channel: 'email', address: made.email })],
    identities: [],
    lastTouch: null,
    timeline: [expect.objectContaining({ type: 'customer.created' })],
    openCases: [],
    cases: [],
    opportunities: [],
    nextStep: null,
    orders: [],
    relationships: [],
    assets: [],
    carts: [],
    needs: [],
    tasks: [],
    documents: [],
    commitments: [],
    finance: null,
    more: false,
    loyalty: null,
    segments: [],
    scores: [],
    nextActions: [],
    withheld: [],
  });
});

test('an id that looks like an escape sequence is an unknown id', async () => {
  for (const id of ['%41', '100%', 'a/b', '..', 'cus_#'])
    expect((await read(id, { 'if-match': '"1"' })).status).toBe(404);
});
