import { expect, test } from 'vitest';
import { tracker } from '../../tracking/tracker.ts';
import { type World, world } from '../../world.ts';

type Body = Record<string, unknown>;

const declare = (crm: World, name: string, body: Body) =>
  crm.ask('PUT /v1/attributes/{name}', { params: { name }, body });

const create = (crm: World, body: Body) => crm.ask('POST /v1/customers', { body: { givenName: 'Ada', ...body } });

const change = (crm: World, id: string, body: Body) => crm.ask('PATCH /v1/customers/{id}', { params: { id }, body });

const paths = (body: { errors?: { path: string }[] }) => body.errors?.map(({ path }) => path);

test('an attribute is defined, read, listed and deleted; its values stay', async () => {
  const crm = await world();
  const declared = await declare(crm, 'plan', { type: 'enum', values: ['Free', 'Gold'], purpose: 'service' });
  expect([declared.status, declared.headers.get('etag')]).toEqual([201, '"1"']);
  expect(declared.body).toMatchObject({ name: 'plan', attribute: 'attributes.plan', classification: 'normal' });
  const again = await declare(crm, 'attributes.plan', { type: 'enum', values: ['Free', 'Gold', 'Silver'] });
  expect([again.status, again.body.version]).toEqual([200, 2]);
  await declare(crm, 'address.postcode', { accuracy: 'high', freshness: 'P180D' });
  const { body } = await crm.ask('GET /v1/attributes');
  expect(body.items.map(({ name }: Body) => name)).toEqual(['plan', 'address.postcode']);
  const ada = (await create(crm, { attributes: { plan: 'gold' } })).body;
  expect(ada.attributes).toEqual({ plan: 'Gold' });
  expect((await crm.ask('DELETE /v1/attributes/{name}', { params: { name: 'plan' } })).status).toBe(200);
  expect((await crm.ask('GET /v1/attributes/{name}', { params: { name: 'plan' } })).body.code).toBe(
    'attribute.not-found',
  );
  expect((await crm.ask('DELETE /v1/attributes/{name}', { params: { name: 'plan' } })).status).toBe(404);
  expect((await change(crm, ada.id, { attributes: { plan: 'anything' } })).body.attributes).toEqual({
    plan: 'anything',
  });
});

test('an invalid definition is refused with the fields that are wrong', async () => {
  const crm = await world();
  const refused = async (name: string, body: Body) => {
    const reply = await declare(crm, name, body);
    return [reply.status, ...(paths(reply.body) ?? [])];
  };
  expect(await refused('plan', {})).toEqual([422, 'type']);
  expect(await refused('a.b', { type: 'text' })).toEqual([422, 'name']);
  expect(await refused('__proto__', { type: 'text' })).toEqual([422, 'name']);
  expect(await refused('constructor', { type: 'text' })).toEqual([422, 'name']);
  expect(await refused('phone', { type: 'text', indexed: true })).toEqual([422, 'type', 'indexed']);
  expect(await refused('plan', { type: 'text', colour: 'red' })).toEqual([422, 'colour']);
  expect(await refused('plan', { type: 'text', freshness: 'soon' })).toEqual([422, 'freshness']);
  for (let nth = 0; nth < 10; nth++) await declare(crm, `a${nth}`, { type: 'text', indexed: true });
  const full = await declare(crm, 'a10', { type: 'text', indexed: true });
  expect([full.status, full.body.code]).toEqual([409, 'attribute.too-many']);
});

test('two concurrent definitions are both stored; a stale version is refused', async () => {
  const crm = await world();
  await Promise.all(['a', 'b', 'c', 'd'].map(name => declare(crm, name, { type: 'text' })));
  expect((await crm.ask('GET /v1/attributes')).body.items).toHaveLength(4);
  const stale = await crm.ask('PUT /v1/attributes/{name}', {
    params: { name: 'a' },
    body: { type: 'number' },
    headers: { 'if-match': '"1"' },
  });
  expect(stale.status).toBe(412);
});

test('values are converted to their defined types at every write, and every invalid one is reported', async () => {
  const crm = await world();
  await declare(crm, 'size', { type: 'integer', min: 1, max: 9 });
  await declare(crm, 'since', { type: 'date' });
  await declare(crm, 'fleet', { type: 'boolean', appliesTo: 'organisation' });
  const { status, body } = await create(crm, {
    phone: '12',
    attributes: { size: 10, since: 'May', fleet: true, free: 'x' },
  });
  expect([status, paths(body)?.sort()]).toEqual([
    422,
    ['attributes.fleet', 'attributes.since', 'attributes.size', 'phone'],
  ]);
  const ada = (await create(crm, { externalId: 'e-1', attributes: { size: '7', free: 'x' } })).body;
  expect(ada.attributes).toEqual({ size: 7, free: 'x' });
  const upsert = { externalId: 'e-1', attributes: { size: 'many' } };
  expect(paths((await crm.ask('PUT /v1/customers', { body: upsert })).body)).toEqual(['attributes.size']);
  expect(paths((await change(crm, ada.id, { attributes: { size: 0 } })).body)).toEqual(['attributes.size']);
});

test('values older than their definition stay, and do not prevent other changes', async () => {
  const crm = await world();
  const { id } = (await create(crm, { attributes: { size: 'large' } })).body;
  await declare(crm, 'size', { type: 'integer' });
  await declare(crm, 'tier', { type: 'text', required: true });
  const { status, body } = await change(crm, id, { locale: 'en-SG' });
  expect([status, body.attributes]).toEqual([200, { size: 'large' }]);
  expect((await change(crm, id, { attributes: { size: 4, tier: 'a' } })).body.attributes).toEqual({
    size: 4,
    tier: 'a',
  });
  expect(paths((await change(crm, id, { attributes: { tier: null } })).body)).toEqual(['attributes.tier']);
});

test('required attributes must be in new customers of the API, not in those of trackers', async () => {
  const crm = await world();
  await declare(crm, 'dateOfBirth', { required: true, appliesTo: 'person' });
  await declare(crm, 'tier', { type: 'text', required: true });
  const { status, body } = await create(crm, { attributes: { tier: null } });
  expect([status, paths(body)]).toEqual([422, ['dateOfBirth', 'attributes.tier']]);
  const organisation = await crm.ask('POST /v1/customers', {
    body: { kind: 'organisation', name: 'Auto', attributes: { tier: 'a' } },
  });
  expect(organisation.status).toBe(201);
  const shop = await tracker(crm);
  await shop.post('/v1/identify', { userId: 'u-1', traits: { firstName: 'Ada' } });
  await shop.idle();
  expect(await shop.byExternalId('u-1')).toMatchObject({ givenName: 'Ada' });
});

test('with strict attributes undefined ones are refused, and left out of tracked traits', async () => {
  const crm = await world();
  await declare(crm, 'size', { type: 'integer' });
  await crm.ask('PUT /v1/settings/sources', { body: { strictAttributes: true } });
  expect((await crm.ask('GET /v1/settings/sources')).body).toMatchObject({ strictAttributes: true, version: 2 });
  const reply = await create(crm, { attributes: { size: 1, colour: 'red', tags: ['a'] } });
  expect(paths(reply.body)).toEqual(['attributes.colour']);
  const shop = await tracker(crm);
  await shop.post('/v1/identify', { userId: 'u-1', traits: { firstName: 'Ada', size: '3', colour: 'red' } });
  await shop.post('/v1/identify', { userId: 'u-2', traits: { firstName: 'Ben', size: 'big' } });
  await shop.idle();
  expect(await shop.byExternalId('u-1')).toMatchObject({ attributes: { size: 3 } });
  expect((await shop.byExternalId('u-2')).attributes).toEqual({});
});

test('customers are found by an indexed attribute; existing ones once a job has indexed them', async () => {
  const crm = await world();
  const found = async (value: string, attribute = 'attributes.plan') => {
    const { status, body } = await crm.ask('GET /v1/customers', { query: { attribute, value, limit: 2 } });
    return status === 200 ? body.items.map(({ givenName }: Body) => givenName) : [status, ...(paths(body) ?? [])];
  };
  const old = (await create(crm, { givenName: 'Old', attributes: { plan: 'Gold', tags: ['a', 'b'] } })).body;
  expect(await found('gold')).toEqual([422, 'attribute']);
  const { body } = await declare(crm, 'plan', { type: 'text', indexed: true });
  expect(body.filing).toMatch(/^job_/);
  await crm.idle();
  await declare(crm, 'tags', { type: 'list', indexed: true });
  await create(crm, { givenName: 'New', attributes: { plan: 'gold' } });
  await crm.idle();
  expect((await found('GOLD')).sort()).toEqual(['New', 'Old']);
  expect((await found('gold', 'plan')).sort()).toEqual(['New', 'Old']);
  expect(await found('b', 'attributes.tags')).toEqual(['Old']);
  await crm.advance('PT2M');
  await crm.idle();
  const job = await crm.ask('GET /v1/jobs/{id}', { params: { id: body.filing } });
  expect(job.body).toMatchObject({ state: 'done', counts: { indexed: 1 } });
  await change(crm, old.id, { attributes: { plan: 'free' } });
  expect([await found('gold'), await found('free')]).toEqual([['New'], ['Old']]);
  await declare(crm, 'plan', { type: 'text' });
  await crm.idle();
  expect(await found('free')).toEqual([422, 'attribute']);
  expect(await found('x', 'attributes.unknown')).toEqual([422, 'attribute']);
  const lone = await crm.ask('GET /v1/customers', { query: { attribute: 'attributes.plan' } });
  expect(paths(lone.body)).toEqual(['value']);
});

test('a number is found in any notation, and page by page', async () => {
  const crm = await world();
  await declare(crm, 'size', { type: 'number', indexed: true });
  for (const givenName of ['A', 'B', 'C']) await create(crm, { givenName, attributes: { size: 2 } });
  const query = { attribute: 'attributes.size', value: '2.0', limit: 2 };
  const first = (await crm.ask('GET /v1/customers', { query })).body;
  const rest = (await crm.ask('GET /v1/customers', { query: { ...query, cursor: first.nextCursor } })).body;
  expect([...first.items, ...rest.items].map(({ givenName }: Body) => givenName)).toEqual(['A', 'B', 'C']);
  expect(rest.nextCursor).toBeNull();
});

test('a read can be limited to some fields or to a purpose', async () => {
  const crm = await world();
  const purpose = { description: 'to help', lawfulBasis: 'contract', owner: 'service' };
  await crm.ask('PUT /v1/purposes/{name}', { params: { name: 'service' }, body: purpose });
  await declare(crm, 'plan', { type: 'text', purpose: 'service' });
  await declare(crm, 'address.country', { purpose: 'service' });
  const made = await create(crm, {
    email: 'ada@example.com',
    address: { country: 'SG', postcode: '018989' },
    attributes: { plan: 'gold', size: 'M' },
  });
  const read = async (query: Record<string, string>) => {
    const reply = await crm.ask('GET /v1/customers/{id}', { params: { id: made.body.id }, query });
    const { id, kind, version, createdAt, updatedAt, ...profile } = reply.body;
    return reply.status === 200 ? profile : [reply.status, ...(paths(reply.body) ?? [])];
  };
  expect(await read({ fields: 'email, address.postcode,attributes.size' })).toEqual({
    email: 'ada@example.com',
    address: { postcode: '018989' },
    attributes: { size: 'M' },
  });
  expect(await read({ purpose: 'service' })).toEqual({ address: { country: 'SG' }, attributes: { plan: 'gold' } });
  expect(await read({ purpose: 'service', fields: 'attributes' })).toEqual({ attributes: { plan: 'gold' } });
  expect(await read({ fields: 'email,planet' })).toEqual([422, 'fields']);
  expect(await read({ purpose: 'fun' })).toEqual([422, 'purpose']);
});

test('a repeated conflict with a long value is recorded once', async () => {
  const crm = await world();
  await crm.ask('PUT /v1/settings/sources', {
    body: { sources: [{ source: 'erp', rank: 50, reliability: 0.95 }] },
  });
  const { id } = (await create(crm, { attributes: { bio: 'x' }, provenance: { source: 'erp' } })).body;
  const values = { attributes: { bio: 'y'.repeat(5000) }, provenance: { source: 'shop' } };
  const versions = [await change(crm, id, values), await change(crm, id, values)].map(({ body }) => body.version);
  expect(versions).toEqual([2, 2]);
});
