import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

test('a relationship is seen from both ends, each with its own label, and is on both timelines', async () => {
  const crm = related(await world());
  const [ada, acme] = [await crm.person(), await crm.organisation('Acme')];
  const made = await crm.relate(ada, { type: 'employer', to: acme, role: 'head of fleet', from: '2024-03-01' });
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/relationships/${made.body.id}`]);
  expect(made.body).toMatchObject({ label: 'employer', side: 'from', with: acme, version: 1, primary: false });
  expect(await crm.relations(ada)).toEqual([`employer ${acme}`]);
  expect(await crm.relations(acme)).toEqual([`employee ${ada}`]);
  const { body } = await crm.at('GET /v1/customers/{id}/relationships', ada);
  expect(body.items).toMatchObject([{ withName: 'Acme', withKind: 'organisation', role: 'head of fleet' }]);
  expect((await crm.timeline(ada))[0]).toBe('relationship.added');
  expect((await crm.timeline(acme))[0]).toBe('relationship.added');
});

test('relationships are listed by type and by day', async () => {
  const crm = related(await world());
  const [ada, acme, bolt] = [await crm.person(), await crm.organisation(), await crm.organisation()];
  await crm.relate(ada, { type: 'employer', to: acme, from: '2020-01-01', until: '2023-12-31' });
  await crm.relate(ada, { type: 'employer', to: bolt, from: '2024-01-01' });
  await crm.relate(ada, { type: 'vendor', to: bolt });
  expect(await crm.relations(ada)).toHaveLength(3);
  expect(await crm.relations(ada, { type: 'employer' })).toHaveLength(2);
  expect(await crm.relations(ada, { type: 'employer', on: '2023-12-31' })).toEqual([`employer ${acme}`]);
  expect(await crm.relations(ada, { on: '2030-01-01' })).toEqual([`employer ${bolt}`, `vendor ${bolt}`].sort());
  const first = await crm.at('GET /v1/customers/{id}/relationships', ada, { query: { limit: 2 } });
  const rest = await crm.at('GET /v1/customers/{id}/relationships', ada, { query: { cursor: first.body.nextCursor } });
  expect([first.body.items.length, rest.body.items.length, rest.body.nextCursor]).toEqual([2, 1, null]);
});

test('two customers have one relationship of a type at a time; a later period is another relationship', async () => {
  const crm = related(await world());
  const [ada, ben, acme] = [await crm.person(), await crm.person(), await crm.organisation()];
  const first = await crm.relate(ada, { type: 'employer', to: acme, from: '2020-01-01', until: '2021-06-30' });
  const overlapping = await crm.relate(ada, { type: 'employer', to: acme, from: '2021-06-30' });
  expect([overlapping.status, overlapping.body.code, overlapping.body.holder]).toEqual([
    409,
    'relationship.exists',
    first.body.id,
  ]);
  expect((await crm.relate(ada, { type: 'employer', to: acme, from: '2021-07-01' })).status).toBe(201);
  await crm.relate(ada, { type: 'spouse', to: ben });
  expect(await crm.refused(crm.relate(ben, { type: 'spouse', to: ada }))).toEqual([409, 'relationship.exists']);
  const atOnce = await Promise.all([1, 2, 3].map(() => crm.relate(ben, { type: 'partner', to: acme })));
  expect(atOnce.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

test('a relationship is changed, ended and deleted, on both timelines', async () => {
  const crm = related(await world());
  const [ada, acme] = [await crm.person(), await crm.organisation()];
  const { id } = (await crm.relate(ada, { type: 'employer', to: acme, from: '2024-03-01' })).body;
  const change = (body: Body, headers = {}) => crm.at('PATCH /v1/relationships/{id}', id, { body, headers });
  const changed = await change({ role: 'driver' }, { 'if-match': '"1"' });
  expect([changed.status, changed.body.role, changed.headers.get('etag')]).toEqual([200, 'driver', '"2"']);
  expect((await change({ role: 'cook' }, { 'if-match': '"1"' })).status).toBe(412);
  expect(await crm.badFields(change({ until: '2024-02-28' }))).toEqual([422, 'until']);
  const ended = await crm.at('POST /v1/relationships/{id}/end', id, { body: { until: '2026-11-30' } });
  expect(ended.body).toMatchObject({ until: '2026-11-30', role: 'driver', version: 3 });
  expect((await crm.at('GET /v1/relationships/{id}', id)).body).toEqual(ended.body);
  expect((await crm.at('DELETE /v1/relationships/{id}', id)).status).toBe(200);
  expect(await crm.refused(crm.at('GET /v1/relationships/{id}', id))).toEqual([404, 'relationship.not-found']);
  expect(await crm.relations(acme)).toEqual([]);
  const types = ['relationship.removed', 'relationship.ended', 'relationship.changed', 'relationship.added'];
  expect((await crm.timeline(acme)).slice(0, 4)).toEqual(types);
});

test('one contact is primary, and another replaces it', async () => {
  const crm = related(await world());
  const [acme, ada, ben] = [await crm.organisation(), await crm.person(), await crm.person()];
  const first = (await crm.relate(acme, { type: 'contact', to: ada, primary: true })).body;
  await crm.relate(acme, { type: 'contact', to: ben, primary: true });
  expect((await crm.at('GET /v1/relationships/{id}', first.id)).body.primary).toBe(false);
});

test('an invalid relationship is rejected with the reason', async () => {
  const crm = related(await world());
  const other = related(await world());
  const [ada, acme] = [await crm.person(), await crm.organisation()];
  const stranger = await other.person();
  expect(await crm.refused(crm.relate(ada, { type: 'vendor', to: stranger }))).toEqual([404, 'customer.not-found']);
  expect(await crm.refused(crm.relate(stranger, { type: 'vendor', to: ada }))).toEqual([404, 'customer.not-found']);
  expect(await crm.badFields(crm.relate(ada, { type: 'vendor', to: ada }))).toEqual([422, 'to']);
  expect(await crm.badFields(crm.relate(ada, { type: 'foe', to: acme }))).toEqual([422, 'type']);
  expect(await crm.badFields(crm.relate(acme, { type: 'employer', to: ada }))).toEqual([422, 'type', 'to']);
  expect((await crm.relate(ada, { type: 'spouse', to: acme })).body.errors).toEqual([
    { path: 'to', message: 'is an organisation; spouse requires a person' },
  ]);
  expect((await crm.relate(ada, { type: 'vendor', to: 'cus_1' })).body.detail).toMatch(
    /^to: is not an id such as cus_/,
  );
  const dates = { from: '2024-02-30', until: 'soon' };
  expect(await crm.badFields(crm.relate(ada, { type: 'vendor', to: acme, ...dates }))).toEqual([422, 'from', 'until']);
  const backwards = { from: '2024-02-02', until: '2024-02-01' };
  expect(await crm.badFields(crm.relate(ada, { type: 'vendor', to: acme, ...backwards }))).toEqual([422, 'until']);
});

test('a company defines types of its own, and cannot redefine the built-in ones', async () => {
  const crm = related(await world());
  const [ada, acme] = [await crm.person(), await crm.organisation()];
  const put = (name: string, body: Body) => crm.ask('PUT /v1/relationship-types/{name}', { params: { name }, body });
  const dealer = { label: 'dealer', inverseLabel: 'dealt with by', to: 'organisation', exclusive: true };
  expect((await put('dealer', dealer)).status).toBe(201);
  expect((await put('dealer', { ...dealer, label: 'Dealer' })).body).toMatchObject({ version: 2, label: 'Dealer' });
  expect(await crm.refused(put('parent', dealer))).toEqual([409, 'relationship-type.built-in']);
  expect(await crm.badFields(put('Not a name', dealer))).toEqual([422, 'name']);
  await crm.relate(ada, { type: 'dealer', to: acme });
  const second = crm.relate(ada, { type: 'dealer', to: await crm.organisation() });
  expect(await crm.refused(second)).toEqual([409, 'relationship.exclusive']);
  expect(await crm.relations(acme)).toEqual([`dealt with by ${ada}`]);
  const { body } = await crm.ask('GET /v1/relationship-types');
  expect(body.items.map(({ name }: Body) => name)).toEqual(expect.arrayContaining(['employer', 'parent', 'dealer']));
});

test('the number of relationship types is limited', async () => {
  const crm = related(await world());
  const put = (nth: number) =>
    crm.ask('PUT /v1/relationship-types/{name}', {
      params: { name: `kind-${nth}` },
      body: { label: 'x', inverseLabel: 'y' },
    });
  await Promise.all(Array.from({ length: 50 }, (_, nth) => put(nth)));
  expect(await crm.refused(put(50))).toEqual([409, 'relationship-type.too-many']);
  expect((await put(7)).status).toBe(200);
});

test('relationships follow a merge of their customer and its undo', async () => {
  const crm = related(await world());
  const [a, b, acme] = [await crm.person(), await crm.person(), await crm.organisation()];
  const kept = (await crm.relate(b, { type: 'employer', to: acme, role: 'driver' })).body;
  await crm.relate(acme, { type: 'contact', to: b });
  await crm.merge(a, b);
  expect(await crm.relations(a)).toEqual([`contact of ${acme}`, `employer ${acme}`]);
  expect(await crm.relations(acme)).toEqual([`contact ${a}`, `employee ${a}`]);
  expect((await crm.at('GET /v1/relationships/{id}', kept.id)).body).toMatchObject({ customerId: a, role: 'driver' });
  // the old id leads to whom it was merged into
  expect((await crm.relate(acme, { type: 'vendor', to: b })).body.with).toBe(a);
  await crm.unmerge(a, b);
  expect(await crm.relations(b)).toEqual([`contact of ${acme}`, `employer ${acme}`]);
  expect(await crm.relations(a)).toEqual([`buyer ${acme}`]);
  expect(await crm.relations(acme)).toEqual([`contact ${b}`, `employee ${b}`, `vendor ${a}`]);
});

test('a relationship between two merged customers is hidden until the merge is undone', async () => {
  const crm = related(await world());
  const [a, b] = [await crm.person(), await crm.person()];
  const { id } = (await crm.relate(a, { type: 'spouse', to: b })).body;
  await crm.merge(a, b);
  expect(await crm.relations(a)).toEqual([]);
  expect((await crm.at('GET /v1/relationships/{id}', id)).status).toBe(404);
  await crm.unmerge(a, b);
  expect([await crm.relations(a), await crm.relations(b)]).toEqual([[`spouse ${b}`], [`spouse ${a}`]]);
});

test('a relationship of both merged customers is shown once, and on both after the merge is undone', async () => {
  const crm = related(await world());
  const [a, b, acme] = [await crm.person(), await crm.person(), await crm.organisation()];
  await crm.relate(a, { type: 'employer', to: acme, from: '2020-01-01' });
  const moved = (await crm.relate(b, { type: 'employer', to: acme, from: '2022-01-01' })).body;
  await crm.merge(a, b);
  expect(await crm.relations(acme)).toEqual([`employee ${a}`]);
  expect(await crm.timeline(a)).toContain('relationship.set-aside');
  expect((await crm.at('GET /v1/relationships/{id}', moved.id)).status).toBe(404);
  await crm.unmerge(a, b);
  expect(await crm.relations(acme)).toEqual([`employee ${a}`, `employee ${b}`].sort());
});

test('a relationship set aside stays so through further merges, and is shown again when all are undone', async () => {
  const crm = related(await world());
  const [a, b, z, acme] = [await crm.person(), await crm.person(), await crm.person(), await crm.organisation()];
  await crm.relate(a, { type: 'employer', to: acme, from: '2020-01-01' });
  await crm.relate(b, { type: 'employer', to: acme, from: '2022-01-01' });
  await crm.relate(a, { type: 'spouse', to: b });
  await crm.merge(a, b);
  await crm.merge(z, a);
  expect([await crm.relations(z), await crm.relations(acme)]).toEqual([[`employer ${acme}`], [`employee ${z}`]]);
  await crm.unmerge(z, a);
  expect([await crm.relations(z), await crm.relations(a)]).toEqual([[], [`employer ${acme}`]]);
  await crm.unmerge(a, b);
  expect(await crm.relations(a, { on: '2021-01-01' })).toEqual([`employer ${acme}`, `spouse ${b}`]);
  expect(await crm.relations(b)).toEqual([`employer ${acme}`, `spouse ${a}`]);
});

test('an erasure removes all relationships, shown or hidden', async () => {
  const crm = related(await world());
  const [a, b, acme] = [await crm.person(), await crm.person(), await crm.organisation()];
  await crm.relate(a, { type: 'employer', to: acme });
  await crm.relate(b, { type: 'employer', to: acme });
  await crm.relate(a, { type: 'spouse', to: b });
  await crm.merge(a, b);
  const { body } = await crm.at('POST /v1/customers/{id}/erase', a, { body: { reason: 'asked' } });
  await crm.idle();
  const receipt = (await crm.at('GET /v1/erasures/{id}', body.id)).body;
  expect(receipt.state).toBe('done');
  // both ends of three: shown, set aside, and with itself
  expect(receipt.covered).toContainEqual({ area: 'relationships', what: 'removed', count: 6 });
  expect(await crm.relations(acme)).toEqual([]);
});
