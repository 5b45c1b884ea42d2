import { expect, test } from 'vitest';
import { portal } from '../../portal/portal-world.ts';
import { tracker } from '../../tracking/tracker.ts';
import { type World, world } from '../../world.ts';

type Body = Record<string, unknown>;
type Known = {
  attribute: string;
  value: unknown;
  source: string;
  observedAt: string;
  verifiedAt: string | null;
  verifiedBy: string | null;
  confidence: number;
  stale: boolean;
  others: { value: unknown; source: string; why: string }[];
};

const of = (crm: World) => {
  const at = (key: string, id: string, body?: Body) => crm.ask(key, { params: { id }, ...(body ? { body } : {}) });
  return {
    create: async (body: Body) => (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', ...body } })).body,
    change: (id: string, body: Body) => at('PATCH /v1/customers/{id}', id, body),
    verify: (id: string, body: Body) => at('POST /v1/customers/{id}/verify', id, body),
    known: async (id: string): Promise<Record<string, Known>> => {
      const { body } = await at('GET /v1/customers/{id}/provenance', id);
      return Object.fromEntries(body.items.map((one: Known) => [one.attribute, one]));
    },
    timeline: async (id: string): Promise<{ type: string; data: Body }[]> =>
      (await at('GET /v1/customers/{id}/timeline', id)).body.items,
    rules: (body: Body) => crm.ask('PUT /v1/settings/sources', { body }),
  };
};

const erpFirst = { sources: [{ source: 'erp', rank: 50, reliability: 0.95 }] };

test('each value has a source, an observation time and a confidence', async () => {
  const crm = await world();
  const { create, change, known } = of(crm);
  await crm.ask('PUT /v1/attributes/{name}', { params: { name: 'phone' }, body: { freshness: 'P2D' } });
  const { id } = await create({ phone: '+65 6123 4567', address: { country: 'SG' }, attributes: { size: 'M' } });
  const observedAt = new Date(Date.parse(await crm.now()) - 40 * 86_400_000).toISOString();
  await change(id, { attributes: { hue: 'red' }, provenance: { source: 'erp', observedAt, confidence: 0.9 } });
  const all = await known(id);
  expect(all.phone).toMatchObject({ value: '+6561234567', source: 'api', verifiedAt: null, stale: false });
  expect(all['address.country']).toMatchObject({ value: 'SG', source: 'api', confidence: 0.8 });
  expect(all['attributes.hue']).toMatchObject({ source: 'erp', observedAt, age: 'P40D', confidence: 0.866 });
  await crm.advance('P3D');
  expect((await known(id)).phone).toMatchObject({ stale: true, age: 'P3D' });
});

test('the provenance of a request is validated', async () => {
  const crm = await world();
  const { create, change } = of(crm);
  const { id } = await create({});
  const refused = async (provenance: Body) =>
    (await change(id, { phone: null, provenance })).body.errors?.map(({ path }: { path: string }) => path);
  expect(await refused({ source: 'tracking:x' })).toEqual(['provenance.source']);
  expect(await refused({ source: 'customer' })).toEqual(['provenance.source']);
  expect(await refused({ observedAt: '2999-01-01T00:00:00Z' })).toEqual(['provenance.observedAt']);
  expect(await refused({ verified: { by: 'me' } })).toEqual(['provenance.verified.by']);
  expect(await refused({ colour: 'red' })).toEqual(['provenance.colour']);
});

test('a value of a source of lower rank is recorded as a conflict, and the reply says why', async () => {
  const crm = await world();
  const { create, change, known, timeline, rules } = of(crm);
  await rules(erpFirst);
  const { id } = await create({ attributes: { size: 'M' }, provenance: { source: 'erp' } });
  const values = { attributes: { size: 'L', hue: 'red' }, provenance: { source: 'shop' } };
  const { status, body } = await change(id, values);
  expect([status, body.attributes]).toEqual([200, { size: 'M', hue: 'red' }]);
  expect(body.conflicts).toEqual([
    { attribute: 'attributes.size', why: 'erp (rank 50) takes precedence over shop (rank 0)' },
  ]);
  expect((await known(id))['attributes.size']).toMatchObject({
    value: 'M',
    source: 'erp',
    others: [{ value: 'L', source: 'shop' }],
  });
  const [conflict, updated] = await timeline(id);
  expect(conflict).toMatchObject({
    type: 'value-conflict.recorded',
    data: { source: 'shop', values: [{ attribute: 'attributes.size', current: 'M', rejected: 'L' }] },
  });
  expect(updated?.data).toMatchObject({ changes: [{ attribute: 'attributes.hue', from: null, to: 'red' }] });

  // the same request again has the same reply, and writes nothing
  const again = await change(id, values);
  expect([again.body.version, again.body.conflicts?.length]).toEqual([body.version, 1]);
  expect(await timeline(id)).toHaveLength(3);
});

test('the order of two sources makes no difference: one value applies, the other is a conflict', async () => {
  const crm = await world();
  const { create, change, known, rules, timeline } = of(crm);
  await rules(erpFirst);
  const { id } = await create({ attributes: { size: 'L' }, provenance: { source: 'shop' } });
  const { body } = await change(id, { attributes: { size: 'M' }, provenance: { source: 'erp' } });
  expect([body.attributes, body.conflicts]).toEqual([{ size: 'M' }, undefined]);
  const size = async () => (await known(id))['attributes.size'];
  expect(await size()).toMatchObject({
    value: 'M',
    source: 'erp',
    others: [{ value: 'L', source: 'shop', why: 'erp (rank 50) takes precedence over shop (rank 0)' }],
  });
  // the change itself tells of it
  expect((await timeline(id)).map(({ type }) => type)).toEqual(['customer.updated', 'customer.created']);
  // the latest value of a source replaces its former one
  await change(id, { attributes: { size: 'XL' }, provenance: { source: 'shop' } });
  expect((await size())?.others.map(({ value }) => value)).toEqual(['XL']);
  await change(id, { attributes: { size: 'M' }, provenance: { source: 'shop' } });
  expect((await size())?.others).toEqual([]);
  expect((await crm.ask('GET /v1/conflicts')).body.items).toEqual([]);
});

test('conflicts are listed until they are decided', async () => {
  const crm = await world();
  const { create, change, verify, rules } = of(crm);
  await rules(erpFirst);
  const listed = async () =>
    (await crm.ask('GET /v1/conflicts')).body.items.map(({ customerId, conflicts }: Body) => [
      customerId,
      (conflicts as Known[]).map(({ attribute }) => attribute),
    ]);
  const made = async (size: string) => {
    const { id } = await create({ attributes: { size }, provenance: { source: 'erp' } });
    await change(id, { attributes: { size: 'L' }, provenance: { source: 'shop' } });
    return id as string;
  };
  const [a, b] = [await made('M'), await made('S')];
  expect(await listed()).toEqual([
    [b, ['attributes.size']],
    [a, ['attributes.size']],
  ]);
  // staff say which it is
  expect((await change(a, { attributes: { size: 'L' } })).body.attributes).toEqual({ size: 'L' });
  await verify(b, { attributes: ['attributes.size'], by: 'staff', method: 'measured' });
  expect(await listed()).toEqual([]);
});

test('an address that does not apply is recorded as a whole', async () => {
  const crm = await world();
  const { create, change, known, rules } = of(crm);
  await rules(erpFirst);
  const { id } = await create({ address: { locality: 'Singapore', country: 'SG' }, provenance: { source: 'erp' } });
  const values = { line1: 'Jalan 1', locality: 'Johor', country: 'MY' };
  const { body } = await change(id, { address: values, provenance: { source: 'shop' } });
  expect(body.address).toEqual({ locality: 'Singapore', country: 'SG' });
  const all = await known(id);
  const others = Object.keys(values).map(part => all[`address.${part}`]?.others.map(({ value }) => value));
  expect(others).toEqual([['Jalan 1'], ['Johor'], ['MY']]);
});

test('a composed name follows its parts, whichever values apply', async () => {
  const crm = await world();
  const { create, change, rules, known } = of(crm);
  await rules(erpFirst);
  const { id } = await create({ familyName: 'Tan', provenance: { source: 'erp' } });
  const { body } = await change(id, { givenName: 'Eve', familyName: 'Lim', provenance: { source: 'shop' } });
  expect(body).toMatchObject({ givenName: 'Ada', familyName: 'Tan', name: 'Ada Tan' });
  expect((await known(id)).name).toMatchObject({ value: 'Ada Tan', source: 'erp', others: [] });
  const renamed = await change(id, { familyName: 'Lim', provenance: { source: 'erp' } });
  expect(renamed.body.name).toBe('Ada Lim');
});

test('of one source the later observation applies, in whichever order they arrive; the older is no conflict', async () => {
  const crm = await world();
  const { create, change, known } = of(crm);
  const { id } = await create({ attributes: { size: 'M' }, provenance: { source: 'shop' } });
  const earlier = new Date(Date.parse(await crm.now()) - 5000).toISOString();
  const provenance = { source: 'shop', observedAt: earlier };
  const { body } = await change(id, { attributes: { size: 'S', hue: 'red' }, provenance });
  expect(body.attributes).toEqual({ size: 'M', hue: 'red' });
  expect(body.conflicts).toMatchObject([{ attribute: 'attributes.size' }]);
  expect((await known(id))['attributes.size']?.others).toEqual([]);
});

test('verified values are marked and take precedence while the verification is valid', async () => {
  const crm = await world();
  const { create, change, verify, known, timeline, rules } = of(crm);
  await rules({ verifiedFor: 'P2D' });
  const { id } = await create({ phone: '+65 6123 4567', familyName: 'Tan' });
  const { status, body } = await verify(id, {
    attributes: ['phone', 'name'],
    by: 'third-party',
    method: 'credit bureau',
    proof: { ref: 7 },
  });
  expect([status, body.items.map(({ attribute }: Known) => attribute)]).toEqual([
    200,
    ['givenName', 'familyName', 'phone'],
  ]);
  expect((await timeline(id))[0]).toMatchObject({ type: 'customer.verified', data: { proof: { ref: 7 } } });
  const shop = { phone: '+65 6123 4568', provenance: { source: 'shop' } };
  const refused = await change(id, shop);
  expect(refused.body).toMatchObject({ phone: '+6561234567', conflicts: [{ attribute: 'phone' }] });
  expect((await known(id)).phone).toMatchObject({ verifiedBy: 'third-party', confidence: 0.98 });
  await crm.advance('P3D');
  expect((await change(id, shop)).body.phone).toBe('+6561234568');
  // by now what was verified is one word of two
  expect((await known(id)).phone).toMatchObject({
    verifiedBy: null,
    source: 'shop',
    others: [{ value: '+6561234567', verifiedBy: 'third-party' }],
  });
});

test('an attribute without a value cannot be verified', async () => {
  const crm = await world();
  const { create, verify } = of(crm);
  const { id } = await create({ address: { country: 'SG' } });
  const reply = await verify(id, { attributes: ['address', 'phone', 'attributes.x'], by: 'staff', method: 'seen' });
  expect(reply.body.errors.map(({ path }: { path: string }) => path)).toEqual(['attributes.1', 'attributes.2']);
  const gone = await verify('cus_01jd5e7k3m9q2r4t6v8w0x1y2z', { attributes: ['phone'], by: 'staff', method: 'x' });
  expect(gone.status).toBe(404);
});

test('values that staff enter apply, unless the settings say otherwise', async () => {
  const crm = await world();
  const { create, change, verify, rules } = of(crm);
  const { id } = await create({ phone: '+65 6123 4567' });
  await verify(id, { attributes: ['phone'], by: 'customer', method: 'code by SMS' });
  await rules({ staffOverrides: false });
  expect((await change(id, { phone: '+65 6123 4568' })).body).toMatchObject({ phone: '+6561234567' });
  await rules({});
  expect((await change(id, { phone: '+65 6123 4568' })).body).toMatchObject({ phone: '+6561234568' });
});

test('a repeated value is observed again, at most once a week while nothing changes', async () => {
  const crm = await world();
  const { create, change, known } = of(crm);
  const { id, version } = await create({ attributes: { size: 'M' } });
  const values = { attributes: { size: 'M' }, provenance: { source: 'shop' } };
  await crm.advance('P6D');
  expect((await change(id, values)).body.version).toBe(version);
  await crm.advance('P2D');
  const { body } = await change(id, values);
  expect(body.version).toBe(version + 1);
  expect((await known(id))['attributes.size']).toMatchObject({ source: 'shop', age: 'P0D' });
});

test('tracked values have the write key as source and the time of the event', async () => {
  const shop = await tracker(await world());
  const { known } = of(shop);
  const timestamp = new Date(Date.parse(await shop.now()) - 60_000).toISOString();
  await shop.post('/v1/identify', { userId: 'u-1', traits: { plan: 'gold' }, timestamp, sentAt: await shop.now() });
  await shop.idle();
  const { id } = await shop.byExternalId('u-1');
  const plan = (await known(id))['attributes.plan'];
  expect(plan).toMatchObject({ value: 'gold', source: expect.stringMatching(/^tracking:server:wk_/), confidence: 0.6 });
  expect(Math.abs(Date.parse(plan?.observedAt ?? '') - Date.parse(timestamp))).toBeLessThan(5000);
});

test('values that customers change themselves are verified, and no tracker overrides them', async () => {
  const crm = portal(await world());
  const { known } = of(crm);
  const shop = await tracker(crm);
  await crm.ask('PUT /v1/settings/portal', { body: { direct: ['phone'], review: ['familyName'] } });
  const ada = await crm.signIn(await crm.person({ externalId: 'u-1' }));
  await crm.as(ada, 'POST /v1/me/change-requests', { body: { phone: '+65 6123 4567', familyName: 'Lim' } });
  expect((await known(ada.id)).phone).toMatchObject({ source: 'customer', verifiedBy: 'customer' });
  const { body } = await crm.ask('GET /v1/proposals', { query: { state: 'open' } });
  await crm.ask('POST /v1/proposals/{id}/accept', { params: { id: body.items[0].id }, body: {} });
  expect((await known(ada.id)).familyName).toMatchObject({ value: 'Lim', source: 'customer', verifiedBy: 'customer' });
  await shop.post('/v1/identify', { userId: 'u-1', traits: { phone: '+65 6123 4568' } });
  await shop.idle();
  expect((await known(ada.id)).phone).toMatchObject({ value: '+6561234567', others: [{ value: '+6561234568' }] });
});

test('a merge keeps origins and prefers values that take precedence; an unmerge restores all', async () => {
  const crm = await world();
  const { create, change, known, verify, rules } = of(crm);
  await rules(erpFirst);
  const into = await create({ phone: '+65 6123 4567', attributes: { size: 'M', hue: 'red' } });
  const erp = { phone: '+65 6123 4568', familyName: 'Tan', attributes: { size: 'L', hue: 'red' } };
  const from = await create({ ...erp, provenance: { source: 'erp' } });
  await verify(into.id, { attributes: ['phone'], by: 'customer', method: 'code' });
  const earlier = new Date(Date.parse(await crm.now()) - 5000).toISOString();
  await change(into.id, { attributes: { size: 'XS' }, provenance: { source: 'shop', observedAt: earlier } });
  const [a, b] = [await known(into.id), await known(from.id)];
  const merged = await crm.ask('POST /v1/customers/{id}/merge', { params: { id: into.id }, body: { from: from.id } });
  expect(merged.body.merge.conflicts).toMatchObject([
    { attribute: 'phone', wins: 'into', why: expect.stringMatching(/^it was verified by customer/) },
    { attribute: 'attributes.size', wins: 'from', why: 'erp (rank 50) takes precedence over api (rank 0)' },
  ]);
  const one = await known(into.id);
  expect(a['attributes.size']).toMatchObject({ value: 'M', others: [{ value: 'XS', source: 'shop' }] });
  expect(one.phone).toEqual(a.phone);
  expect(one.familyName).toEqual(b.familyName);
  expect(one['attributes.size']).toEqual(b['attributes.size']);
  // of two equal values the origin that takes precedence applies
  expect(one['attributes.hue']).toMatchObject({ value: 'red', source: 'erp' });
  await crm.idle();
  await crm.ask('POST /v1/customers/{id}/unmerge', { params: { id: into.id }, body: { from: from.id } });
  expect([await known(into.id), await known(from.id)]).toEqual([a, b]);
});

test('a condition can require a recently verified value', async () => {
  const crm = portal(await world());
  await crm.ask('PUT /v1/settings/portal', { body: { direct: ['phone'], review: [] } });
  const where = {
    all: [
      { attribute: 'phone', verified: { by: 'customer', within: 'P2D' } },
      { attribute: 'phone', observed: { source: 'customer' } },
      { attribute: 'phone', confidence: { gte: 0.9 } },
    ],
  };
  const { body } = await crm.ask('POST /v1/lists', { body: { name: 'Sure', kind: 'dynamic', where } });
  const members = async () => {
    const reply = await crm.ask('GET /v1/lists/{id}/members', { params: { id: body.id } });
    return reply.body.items.map(({ id }: Body) => id);
  };
  await crm.person({ phone: '+65 6123 4569' });
  const ada = await crm.signIn(await crm.person());
  expect(await members()).toEqual([]);
  await crm.as(ada, 'POST /v1/me/change-requests', { body: { phone: '+65 6123 4567' } });
  expect(await members()).toEqual([ada.id]);
  await crm.advance('P3D');
  expect(await members()).toEqual([]);
});

test('a trigger can require a confidence, by the reliability of sources', async () => {
  const shop = await tracker(await world());
  const { rules } = of(shop);
  await rules({ sources: [{ source: 'tracking:*', reliability: 0.2 }] });
  await shop.post('/v1/identify', { userId: 'u-1', traits: { phone: '+65 6123 4567' } });
  await shop.idle();
  const condition = { attribute: 'phone', confidence: { lt: 0.5 } };
  const trigger = { name: 'Ask', when: { 'detail-type': ['tracked.track'] }, if: condition, then: [{ tag: 'ask' }] };
  await shop.ask('POST /v1/triggers', { body: { ...trigger, state: 'active' } });
  await shop.post('/v1/track', { userId: 'u-1', event: 'Seen' });
  await shop.idle();
  const { id, attributes } = await shop.byExternalId('u-1');
  expect(attributes).toEqual({ tags: ['ask'] });
  const { body } = await shop.ask('GET /v1/customers/{id}/decisions', { params: { id } });
  expect(body.items[0].reasons[1]).toBe('attribute phone is sure to less than 0.5: it is to 0.2');
});

test('a removed value is not restored by a source of lower rank or an older observation', async () => {
  const crm = await world();
  const { create, change, known, rules } = of(crm);
  await rules({ ...erpFirst, staffOverrides: false });
  const { id } = await create({ attributes: { size: 'M', hue: 'red' }, provenance: { source: 'erp' } });
  await change(id, { attributes: { size: null }, provenance: { source: 'erp' } });
  const refused = await change(id, { attributes: { size: 'M' }, provenance: { source: 'shop' } });
  expect(refused.body).toMatchObject({ attributes: { hue: 'red' }, conflicts: [{ attribute: 'attributes.size' }] });
  expect(refused.body.attributes).not.toHaveProperty('size');
  expect((await known(id))['attributes.size']).toMatchObject({ value: null, others: [{ value: 'M', source: 'shop' }] });
  const earlier = new Date(Date.parse(await crm.now()) - 5000).toISOString();
  const late = { attributes: { size: 'M' }, provenance: { source: 'erp', observedAt: earlier } };
  expect((await change(id, late)).body.attributes).toEqual({ hue: 'red' });
  const anew = await change(id, { attributes: { size: 'L' }, provenance: { source: 'erp' } });
  expect(anew.body.attributes).toEqual({ size: 'L', hue: 'red' });
});
