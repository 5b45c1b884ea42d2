import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

type Named = { id: string; name: string };

const customer = async (crm: World, profile: Record<string, unknown> = {}): Promise<Named> =>
  (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', ...profile } })).body;

const list = async (crm: World, fields: Record<string, unknown>, token?: string): Promise<Named> =>
  (await crm.ask('POST /v1/lists', { body: { name: 'Fleet', kind: 'static', ...fields }, ...(token ? { token } : {}) }))
    .body;

const names = (body: { items: Named[] }) => body.items.map(({ name }) => name);

test('customers are added to a static list and removed from it, with events on the timeline', async () => {
  const crm = await world();
  const fleet = await list(crm, {});
  const [ada, ben] = [await customer(crm, { givenName: 'Ada' }), await customer(crm, { givenName: 'Ben' })];
  const put = (customerId: string) =>
    crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: fleet.id, customerId } });
  for (const { id } of [ada, ben, ada]) expect((await put(id)).status).toBe(200);
  const members = await crm.ask('GET /v1/lists/{id}/members', { params: { id: fleet.id } });
  expect(names(members.body)).toEqual(['Ben', 'Ada']);
  const first = await crm.ask('GET /v1/lists/{id}/members', { params: { id: fleet.id }, query: { limit: 1 } });
  expect(first.body.nextCursor).toBeTypeOf('string');
  expect(names((await crm.ask('GET /v1/customers/{id}/lists', { params: { id: ada.id } })).body)).toEqual(['Fleet']);

  await crm.ask('DELETE /v1/lists/{id}/members/{customerId}', { params: { id: fleet.id, customerId: ada.id } });
  expect(names((await crm.ask('GET /v1/lists/{id}/members', { params: { id: fleet.id } })).body)).toEqual(['Ben']);
  const { body } = await crm.ask('GET /v1/customers/{id}/timeline', { params: { id: ada.id } });
  const types = body.items.map(({ type }: { type: string }) => type);
  expect(types).toEqual(['list-member.removed', 'list-member.added', 'customer.created']);
});

test('a list says its size, and its customers are exported as CSV, page by page', async () => {
  const crm = await world();
  const fleet = await list(crm, {});
  const params = { id: fleet.id };
  const made = [
    { givenName: 'Ada', attributes: { note: 'a, "b"' } },
    { givenName: '=1+1', phone: '+6561234567' },
  ];
  for (const profile of made) {
    const { id } = await customer(crm, profile);
    await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { ...params, customerId: id } });
  }
  expect((await crm.ask('GET /v1/lists/{id}', { params })).body).toMatchObject({ size: 2, sizeIsExact: true });
  const dynamic = await list(crm, { kind: 'dynamic', where: { attribute: 'givenName', is: 'Ada' } });
  expect((await crm.ask('GET /v1/lists/{id}', { params: { id: dynamic.id } })).body).toMatchObject({ size: null });
  const csv = (query: Record<string, string | number>) => crm.ask('GET /v1/lists/{id}/members.csv', { params, query });
  const columns = 'givenName,phone,attributes.note';
  const first = await csv({ columns, limit: 1 });
  expect(first.headers.get('content-type')).toContain('text/csv');
  expect(first.headers.get('content-disposition')).toBe(`attachment; filename="${params.id}.csv"`);
  expect(first.body).toBe(`${columns}\r\n'=1+1,+6561234567,\r\n`);
  const next = await csv({ columns, limit: 1, cursor: first.headers.get('next-cursor') ?? '' });
  expect(next.body).toBe('Ada,,"a, ""b"""\r\n');
  const path = `/v1/lists/${params.id}/members.csv`;
  const file = await fetch(crm.url + path, { headers: { authorization: `Bearer ${crm.token}` } });
  expect(Buffer.from(await file.arrayBuffer()).toString()).toMatch(/^\ufeffid,kind,/);
  const { status, body } = await csv({ columns: 'name,createdAt,a b,emial,attributes.note' });
  expect([status, body.errors]).toEqual([
    422,
    ['a b', 'emial'].map(column => ({ path: 'columns', message: `${column} is not an attribute` })),
  ]);
});

test('a dynamic list has all customers that meet its condition, page by page, each once', async () => {
  const crm = await world();
  for (let nth = 0; nth < 24; nth++) {
    await customer(crm, { givenName: `N${String(nth).padStart(2, '0')}`, attributes: { vip: nth % 3 === 0 } });
  }
  const vips = await list(crm, { name: 'VIPs', kind: 'dynamic', where: { attribute: 'attributes.vip', is: true } });
  const found: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: Record<string, string | number> = { limit: 3, ...(cursor ? { cursor } : {}) };
    const { body } = await crm.ask('GET /v1/lists/{id}/members', { params: { id: vips.id }, query });
    expect(body.items.length).toBeLessThanOrEqual(3);
    found.push(...names(body));
    cursor = body.nextCursor;
  }
  expect(found).toEqual(['N21', 'N18', 'N15', 'N12', 'N09', 'N06', 'N03', 'N00']);
});

test('a list is visible to its owner and those it is shared with; only its owner can change it', async () => {
  const crm = await world();
  const sales = await crm.tokenFor(['sales'], crm.tenant, 'sue');
  const agent = await crm.tokenFor(['agent'], crm.tenant, 'abe');
  const mine = await list(crm, { name: 'Mine' }, sales);
  await crm.ask('PUT /v1/teams/{id}', { params: { id: 'desk' }, body: { name: 'Desk' } });
  await crm.ask('PUT /v1/teams/{id}', { params: { id: 'night-desk' }, body: { name: 'Night', parent: 'desk' } });
  await crm.ask('PUT /v1/staff/{userId}', { params: { userId: 'abe' }, body: { name: 'Abe', team: 'night-desk' } });
  const shared = await list(crm, { name: 'Ours', sharedWith: ['team:desk'] }, sales);
  expect(names((await crm.ask('GET /v1/lists', { token: sales })).body).sort()).toEqual(['Mine', 'Ours']);
  expect(names((await crm.ask('GET /v1/lists', { token: agent })).body)).toEqual(['Ours']);
  expect((await crm.ask('GET /v1/lists/{id}', { params: { id: mine.id }, token: agent })).status).toBe(404);
  const change = { params: { id: shared.id }, body: { name: 'Theirs' } };
  const refused = await crm.ask('PATCH /v1/lists/{id}', { ...change, token: agent });
  expect([refused.status, refused.body.code]).toEqual([403, 'list.not-yours']);
  expect((await crm.ask('PATCH /v1/lists/{id}', { ...change, token: sales })).body.name).toBe('Theirs');
});

test('a deleted list disappears at once, and its members soon', async () => {
  const crm = await world();
  const fleet = await list(crm, {});
  const ada = await customer(crm);
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: fleet.id, customerId: ada.id } });
  expect((await crm.ask('DELETE /v1/lists/{id}', { params: { id: fleet.id } })).status).toBe(200);
  expect((await crm.ask('GET /v1/lists/{id}', { params: { id: fleet.id } })).status).toBe(404);
  await crm.idle();
  const { body } = await crm.ask('GET /v1/jobs', { query: { kind: 'clear-list' } });
  expect(body.items).toMatchObject([{ state: 'done', counts: { removed: 1 } }]);
});

test('an invalid list is refused by field', async () => {
  const crm = await world();
  const problem = async (body: object) => {
    const reply = await crm.ask('POST /v1/lists', { body });
    return [reply.status, reply.body.errors?.map(({ path }: { path: string }) => path)];
  };
  expect(await problem({ name: 'x', kind: 'dynamic' })).toEqual([422, ['where']]);
  expect(await problem({ name: '', kind: 'static', sharedWith: ['nobody'] })).toEqual([422, ['name', 'sharedWith.0']]);
  const unknown = { name: 'x', kind: 'static', sharedWith: ['all', 'team:none', 'group:sales'] };
  expect(await problem(unknown)).toEqual([422, ['sharedWith.2']]);
  expect(await problem({ ...unknown, sharedWith: ['all', 'team:none'] })).toEqual([422, ['sharedWith.1']]);
  await crm.ask('PUT /v1/staff/{userId}', { params: { userId: 'abe' }, body: { name: 'Abe' } });
  const readers = { name: 'x', kind: 'static', sharedWith: ['user:abe', 'user:sue'] };
  const { status, body: made } = await crm.ask('POST /v1/lists', { body: readers });
  expect([status, made.warnings]).toMatchObject([201, [{ path: 'sharedWith.1' }]]);
  expect(await problem({ name: 'x', kind: 'dynamic', where: { segment: 'seg_1' } })).toEqual([422, ['where.segment']]);
  const dynamic = await list(crm, { kind: 'dynamic', where: { attribute: 'email', exists: true } });
  const { id } = await customer(crm);
  const put = await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: dynamic.id, customerId: id } });
  expect([put.status, put.body.code]).toEqual([409, 'list.dynamic']);
});

test('many customers are added to a list at once, with a result for each', async () => {
  const crm = await world();
  const fleet = await list(crm, {});
  const all = await Promise.all(Array.from({ length: 120 }, (_, nth) => customer(crm, { givenName: `N${nth}` })));
  const [first, other] = all as [Named, Named];
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: fleet.id, customerId: first.id } });
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: first.id }, body: { from: other.id } });
  const missing = `cus_${'0'.repeat(26)}`;
  const { status, body } = await crm.ask('POST /v1/lists/{id}/members', {
    params: { id: fleet.id },
    body: { customers: [...all.map(({ id }) => id), missing, first.id] },
  });
  expect([status, body.added, body.there, body.failed, body.results.length]).toEqual([200, 118, 2, 1, 121]);
  expect(body.results.find(({ customerId }: { customerId: string }) => customerId === missing)).toEqual({
    customerId: missing,
    result: 'failed',
    problem: { code: 'customer.not-found', message: 'This customer does not exist.' },
  });
  const page = await crm.ask('GET /v1/lists/{id}/members', { params: { id: fleet.id }, query: { limit: 100 } });
  expect(page.body.items.length).toBe(100);
  const refused = await crm.ask('POST /v1/lists/{id}/members', {
    params: { id: fleet.id },
    body: { customers: ['x'] },
  });
  expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'customers.0']);
});

test('one customer under two ids is added to a list once', async () => {
  const crm = await world();
  const fleet = await list(crm, {});
  const [ada, twin] = [await customer(crm), await customer(crm)];
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: ada.id }, body: { from: twin.id } });
  const body = { customers: [twin.id, ada.id] };
  const put = await crm.ask('POST /v1/lists/{id}/members', { params: { id: fleet.id }, body });
  expect(put.body).toEqual({
    added: 1,
    there: 1,
    failed: 0,
    results: [
      { customerId: twin.id, result: 'added' },
      { customerId: ada.id, result: 'there' },
    ],
  });
});

test('a static list is copied from a dynamic one as it is now', async () => {
  const crm = await world();
  for (let nth = 0; nth < 12; nth++) {
    await customer(crm, { givenName: `N${nth}`, attributes: { vip: nth % 2 === 0 } });
  }
  const where = { attribute: 'attributes.vip', is: true };
  const sales = await crm.tokenFor(['sales'], crm.tenant, 'sue');
  const vips = await list(crm, { name: 'VIPs', kind: 'dynamic', where, sharedWith: ['user:sue'] });
  const { status, body } = await crm.ask('POST /v1/lists/{id}/copy', {
    params: { id: vips.id },
    body: { name: 'VIPs of 2027' },
    token: sales,
  });
  expect([status, body.list.kind, body.list.owner, body.job.action]).toEqual([
    202,
    'static',
    'user:sue',
    { addToList: body.list.id },
  ]);
  await crm.idle();
  await customer(crm, { givenName: 'Late', attributes: { vip: true } });
  const members = await crm.ask('GET /v1/lists/{id}/members', { params: { id: body.list.id }, token: sales });
  expect(names(members.body).sort()).toEqual(['N0', 'N10', 'N2', 'N4', 'N6', 'N8']);
  const none = await crm.ask('POST /v1/lists/{id}/copy', {
    params: { id: `lst_${'0'.repeat(26)}` },
    body: { name: 'x' },
  });
  expect([none.status, none.body.code]).toEqual([404, 'list.not-found']);
});
