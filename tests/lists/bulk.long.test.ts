import { expect, test } from 'vitest';
import { type Told, type World, world } from '../world.ts';

type Body = Record<string, unknown>;
type Named = { id: string; name: string };
type Line = { customerId: string; changes: { attribute: string; from: unknown; to: unknown }[]; problem?: Body };

const customer = async (crm: World, profile: Body = {}): Promise<Named> =>
  (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', ...profile } })).body;

/** many customers in a few calls */
const crowd = (crm: World, count: number, profile: (nth: number) => Body) =>
  Promise.all(Array.from({ length: count }, (_, nth) => customer(crm, profile(nth))));

const list = async (crm: World, fields: Body = {}): Promise<Named> =>
  (await crm.ask('POST /v1/lists', { body: { name: 'Fleet', kind: 'static', ...fields } })).body;

const start = (crm: World, body: Body) => crm.ask('POST /v1/bulk', { body: { why: 'a test', ...body } });

const read = async (crm: World, id: string): Promise<Told['body']> =>
  (await crm.ask('GET /v1/bulk/{id}', { params: { id } })).body;

/** starts a bulk change and waits for its end */
const bulk = async (crm: World, body: Body) => {
  const reply = await start(crm, body);
  expect(reply.status).toBe(202);
  await crm.idle(90_000);
  return read(crm, reply.body.id);
};

const undo = async (crm: World, id: string) => {
  const reply = await crm.ask('POST /v1/bulk/{id}/undo', { params: { id }, body: { why: 'a mistake' } });
  expect(reply.status).toBe(202);
  await crm.idle(90_000);
  return read(crm, reply.body.id);
};

const reportOf = async ({ reportUrl }: { reportUrl: string }): Promise<Line[]> => {
  const text = await (await fetch(reportUrl)).text();
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
};

const now = async (crm: World, id: string): Promise<Told['body']> =>
  (await crm.ask('GET /v1/customers/{id}', { params: { id } })).body;

const timeline = async (crm: World, id: string): Promise<{ type: string; actor: string; data: Body }[]> =>
  (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id } })).body.items;

const inSingapore = { where: { attribute: 'address.country', is: 'SG' } };

test('one action is applied to all customers that meet a condition, slice by slice, with a report of each', async () => {
  const crm = await world();
  const all = await crowd(crm, 30, nth => ({
    givenName: `N${nth}`,
    address: { country: nth % 3 ? 'SG' : 'MY', ...(nth % 2 ? { region: 'East' } : {}) },
  }));
  const done = await bulk(crm, { target: inSingapore, action: { set: { address: { region: 'East' } } } });
  expect(done).toMatchObject({
    state: 'done',
    counts: { looked: 30, fitting: 20, changed: 10, unchanged: 10, failed: 0 },
    why: 'a test',
    undoneBy: null,
  });
  const lines = await reportOf(done);
  expect(lines.length).toBe(20);
  expect(lines.find(({ customerId }) => customerId === all[2]?.id)?.changes).toEqual([
    { attribute: 'address.region', from: null, to: 'East' },
  ]);
  expect(lines.find(({ customerId }) => customerId === all[1]?.id)?.changes).toEqual([]);
  const [event] = await timeline(crm, all[2]?.id ?? '');
  expect(event).toMatchObject({ type: 'customer.updated', data: { source: `bulk:${done.id}` } });
  expect(event?.actor).toMatch(/^user:/);
  const { body: changes } = await crm.ask('GET /v1/bulk/{id}/changes', { params: { id: done.id } });
  expect(changes.items[0]).toMatchObject({ jobId: done.id, changes: [{ attribute: 'address.region', to: 'East' }] });
});

test('a bulk change of no customers ends, with an empty report, and so does its undoing', async () => {
  const crm = await world();
  const done = await bulk(crm, { target: { q: 'zzzznothing' }, action: { tag: 'vip' } });
  expect(done).toMatchObject({ state: 'done', counts: { looked: 0, changed: 0 } });
  expect(await reportOf(done)).toEqual([]);
  expect(await undo(crm, done.id)).toMatchObject({ state: 'done' });
});

test('a dry run reports what the run would do, and changes nothing', async () => {
  const crm = await world();
  const all = await crowd(crm, 20, nth => ({ givenName: `N${nth}`, address: { country: nth % 2 ? 'SG' : 'MY' } }));
  const nameless = await customer(crm, { givenName: undefined, phone: '+65 6123 4567', address: { country: 'SG' } });
  const request = { target: inSingapore, action: { set: { phone: null, attributes: { tier: 'gold' } } } };
  const dry = await bulk(crm, { ...request, dryRun: true });
  expect((await now(crm, all[1]?.id ?? '')).version).toBe(1);
  const run = await bulk(crm, request);
  expect(dry.counts).toEqual(run.counts);
  expect(run.counts).toMatchObject({ looked: 21, fitting: 11, changed: 10, failed: 1 });
  const [planned, done] = [await reportOf(dry), await reportOf(run)];
  const sorted = (lines: Line[]) => lines.sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  expect(sorted(planned)).toEqual(sorted(done));
  expect(done.find(({ customerId }) => customerId === nameless.id)?.problem).toMatchObject({ code: 'request.invalid' });
  expect((await now(crm, all[1]?.id ?? '')).attributes).toEqual({ tier: 'gold' });
  const refused = await crm.ask('POST /v1/bulk/{id}/undo', { params: { id: dry.id }, body: { why: 'x' } });
  expect([refused.status, refused.body.code]).toEqual([409, 'bulk.not-undoable']);
});

test('a bulk change is undone where values were not changed since, and once', async () => {
  const crm = await world();
  const [ada, ben, eve] = await Promise.all([
    customer(crm, {
      givenName: 'Ada',
      address: { country: 'SG', region: 'West' },
      attributes: { tier: 'silver', size: 1 },
    }),
    customer(crm, { givenName: 'Ben', address: { country: 'SG' } }),
    customer(crm, { givenName: 'Eve', address: { country: 'SG' } }),
  ]);
  const set = { address: { region: 'East' }, attributes: { tier: 'gold', campaign: 'spring' } };
  const done = await bulk(crm, { target: inSingapore, action: { set } });
  await crm.ask('PATCH /v1/customers/{id}', {
    params: { id: ben.id },
    body: { attributes: { tier: 'platinum' }, familyName: 'Tan' },
  });
  const undone = await undo(crm, done.id);
  expect(undone).toMatchObject({ state: 'done', undoes: done.id, counts: { changed: 3, left: 1, failed: 0 } });
  expect(await now(crm, ada.id)).toMatchObject({
    address: { country: 'SG', region: 'West' },
    attributes: { tier: 'silver', size: 1 },
  });
  const left = await now(crm, ben.id);
  expect([left.address, left.attributes, left.familyName]).toEqual([{ country: 'SG' }, { tier: 'platinum' }, 'Tan']);
  expect((await now(crm, eve.id)).attributes ?? {}).toEqual({});
  const line = (await reportOf(undone)).find(({ customerId }) => customerId === ben.id);
  expect(line).toMatchObject({ left: [{ attribute: 'attributes.tier', why: 'it was changed since' }] });
  expect((await timeline(crm, ada.id))[0]?.data).toMatchObject({ source: `undo:${done.id}` });
  expect((await read(crm, done.id)).undoneBy).toBe(undone.id);
  for (const [id, code] of [
    [done.id, 'bulk.undone'],
    [undone.id, 'bulk.not-undoable'],
  ]) {
    const refused = await crm.ask('POST /v1/bulk/{id}/undo', { params: { id }, body: { why: 'again' } });
    expect([refused.status, refused.body.code]).toEqual([409, code]);
  }
});

test('customers are tagged and untagged in bulk, and back', async () => {
  const crm = await world();
  const ada = await customer(crm, { attributes: { tags: ['vip'] } });
  const ben = await customer(crm, { givenName: 'Ben' });
  const odd = await customer(crm, { givenName: 'Odd', attributes: { tags: 'vip' } });
  const target = { customers: [ada.id, ben.id, odd.id, ada.id] };
  const tagged = await bulk(crm, { target, action: { tag: 'fleet' } });
  expect(tagged.counts).toMatchObject({ looked: 3, changed: 2, failed: 1 });
  expect(tagged.target).toEqual({ customers: 3 });
  const tags = async (id: string) => (await now(crm, id)).attributes?.tags;
  expect([await tags(ada.id), await tags(ben.id)]).toEqual([['vip', 'fleet'], ['fleet']]);
  expect((await bulk(crm, { target, action: { tag: 'fleet' } })).counts).toMatchObject({ changed: 0, unchanged: 2 });
  // another tag since does not keep this one
  await crm.ask('PATCH /v1/customers/{id}', {
    params: { id: ben.id },
    body: { attributes: { tags: ['fleet', 'new'] } },
  });
  expect((await undo(crm, tagged.id)).counts).toMatchObject({ changed: 2, left: 0 });
  expect([await tags(ada.id), await tags(ben.id)]).toEqual([['vip'], ['new']]);
  const untagged = await bulk(crm, { target: { q: 'ada' }, action: { untag: 'vip' } });
  expect([await tags(ada.id), untagged.counts.changed, untagged.target]).toEqual([undefined, 1, { found: 1 }]);
  await undo(crm, untagged.id);
  expect(await tags(ada.id)).toEqual(['vip']);
});

test('customers are added to a list and removed from it in bulk, and back', async () => {
  const crm = await world();
  const fleet = await list(crm);
  const all = await crowd(crm, 5, nth => ({ givenName: `N${nth}`, address: { country: 'SG' } }));
  const names = async () =>
    (await crm.ask('GET /v1/lists/{id}/members', { params: { id: fleet.id } })).body.items
      .map(({ name }: Named) => name)
      .sort();
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: fleet.id, customerId: all[0]?.id ?? '' } });
  const added = await bulk(crm, { target: inSingapore, action: { addToList: fleet.id } });
  expect(added.counts).toMatchObject({ changed: 4, unchanged: 1 });
  expect((await names()).length).toBe(5);
  expect((await timeline(crm, all[1]?.id ?? ''))[0]).toMatchObject({
    type: 'list-member.added',
    data: { name: 'Fleet', source: `bulk:${added.id}` },
  });
  // taken off and put on again by hand: that counts
  const params = { id: fleet.id, customerId: all[1]?.id ?? '' };
  await crm.ask('DELETE /v1/lists/{id}/members/{customerId}', { params });
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params });
  expect((await undo(crm, added.id)).counts).toMatchObject({ changed: 3, left: 1 });
  expect(await names()).toEqual(['N0', 'N1']);
  const removed = await bulk(crm, { target: { list: fleet.id }, action: { removeFromList: fleet.id } });
  expect([await names(), removed.counts.changed]).toEqual([[], 2]);
  await undo(crm, removed.id);
  expect(await names()).toEqual(['N0', 'N1']);
  const chosen = { target: { customers: [all[0]?.id] }, action: { removeFromList: fleet.id } };
  expect([(await bulk(crm, chosen)).counts.changed, await names()]).toEqual([1, ['N1']]);
  const everybody = { target: { where: { attribute: 'id', exists: true } }, action: { removeFromList: fleet.id } };
  expect([(await bulk(crm, everybody)).counts.changed, await names()]).toEqual([1, []]);
});

test('customers are assigned to an owner in bulk, and back', async () => {
  const crm = await world();
  for (const userId of ['sue', 'abe']) {
    await crm.ask('PUT /v1/staff/{userId}', { params: { userId }, body: { name: userId } });
  }
  const [ada, ben] = [await customer(crm), await customer(crm, { givenName: 'Ben' })];
  await crm.ask('POST /v1/customers/{id}/assign-owner', { params: { id: ada.id }, body: { userId: 'abe' } });
  const target = { customers: [ada.id, ben.id] };
  const given = await bulk(crm, { target, action: { assignOwner: 'sue' } });
  expect(given.counts).toMatchObject({ changed: 2 });
  const owner = async (id: string) => (await now(crm, id)).ownerId;
  expect([await owner(ada.id), await owner(ben.id)]).toEqual(['sue', 'sue']);
  expect((await timeline(crm, ben.id))[0]).toMatchObject({
    type: 'owner.assigned',
    data: { userId: 'sue', from: null, source: `bulk:${given.id}` },
  });
  expect((await undo(crm, given.id)).counts).toMatchObject({ changed: 2, left: 0 });
  expect([await owner(ada.id), await owner(ben.id)]).toEqual(['abe', undefined]);
  expect((await bulk(crm, { target, action: { assignOwner: null } })).counts).toMatchObject({
    changed: 1,
    unchanged: 1,
  });
  const missing = await start(crm, { target, action: { assignOwner: 'eve' } });
  expect([missing.status, missing.body.errors[0].path]).toEqual([422, 'action.assignOwner']);
});

test('consent is withdrawn in bulk, never granted, and its withdrawal is not undone', async () => {
  const crm = await world();
  const ada = await customer(crm);
  const params = { id: ada.id, channel: 'email', topic: 'newsletter' };
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params,
    body: { status: 'granted', source: 'form' },
  });
  const setConsent = { channel: 'email', topic: 'newsletter', status: 'withdrawn', source: 'newsletter ended' };
  const done = await bulk(crm, { target: { customers: [ada.id] }, action: { setConsent } });
  expect(done.counts.changed).toBe(1);
  const consent = async () => (await crm.ask('GET /v1/customers/{id}/view', { params: { id: ada.id } })).body.consents;
  expect(await consent()).toMatchObject([{ status: 'withdrawn', source: 'newsletter ended' }]);
  const undone = await undo(crm, done.id);
  expect(undone.counts).toMatchObject({ changed: 0, left: 1 });
  expect(await consent()).toMatchObject([{ status: 'withdrawn' }]);
  const granting = await start(crm, {
    target: { customers: [ada.id] },
    action: { setConsent: { ...setConsent, status: 'granted' } },
  });
  expect([granting.status, granting.body.errors?.[0]?.path]).toEqual([422, 'action.setConsent.status']);
});

test('a repeated slice changes nothing twice and counts the same', async () => {
  const crm = await world();
  const all = await crowd(crm, 30, nth => ({ givenName: `N${nth}`, address: { country: 'SG' } }));
  // the condition no longer holds for whom it was done to
  const target = { where: { not: { attribute: 'attributes.tags', contains: 'seen' } } };
  const { body: job } = await start(crm, { target, action: { tag: 'seen' } });
  const again = (slice: number) =>
    crm.put(
      'job.continued',
      {
        id: `evt_again${slice}`,
        occurredAt: job.createdAt,
        customerId: null,
        actor: 'user:test',
        about: job.id,
        data: { kind: 'bulk', slice },
      },
      'rapport.customers',
    );
  await Promise.all([again(0), again(0), again(0), again(1), again(1)]);
  await crm.idle(90_000);
  await again(1);
  await crm.idle(90_000);
  const done = await read(crm, job.id);
  expect(done).toMatchObject({ state: 'done', counts: { looked: 30, fitting: 30, changed: 30, failed: 0 } });
  expect(new Set((await reportOf(done)).map(({ customerId }) => customerId)).size).toBe(30);
  for (const { id } of [all[0], all[12], all[29]] as Named[]) {
    expect((await timeline(crm, id)).map(({ type }) => type)).toEqual(['customer.updated', 'customer.created']);
  }
});

test('a cancelled bulk change can be undone as far as it came', async () => {
  const crm = await world();
  const all = await crowd(crm, 30, nth => ({ givenName: `N${nth}`, address: { country: 'SG' } }));
  const { body: job } = await start(crm, { target: inSingapore, action: { tag: 'x' } });
  const running = await crm.ask('POST /v1/bulk/{id}/undo', { params: { id: job.id }, body: { why: 'x' } });
  const cancelled = await crm.ask('POST /v1/jobs/{id}/cancel', { params: { id: job.id } });
  if (cancelled.status === 200) expect([running.status, running.body.code]).toEqual([409, 'bulk.running']);
  const reply = await crm.ask('POST /v1/bulk/{id}/undo', { params: { id: job.id }, body: { why: 'x' } });
  expect(reply.status).toBe(202);
  await crm.advance('PT2M');
  await crm.idle(90_000);
  expect(await read(crm, reply.body.id)).toMatchObject({ state: 'done', counts: { failed: 0, left: 0 } });
  for (const { id } of all) expect((await now(crm, id)).attributes?.tags).toBeUndefined();
});

test('a merged record is changed as the customer it was merged into; missing customers are reported', async () => {
  const crm = await world();
  const [ada, other] = [await customer(crm, { phone: '+6561234567' }), await customer(crm, { familyName: 'Tan' })];
  const done = await bulk(crm, { target: { customers: [other.id] }, action: { tag: 'x' } });
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: ada.id }, body: { from: other.id } });
  expect((await now(crm, ada.id)).attributes?.tags).toEqual(['x']);
  const missing = `cus_${'0'.repeat(26)}`;
  const twice = await bulk(crm, { target: { customers: [other.id, missing] }, action: { tag: 'y' } });
  expect(twice.counts).toMatchObject({ looked: 2, changed: 1, failed: 1 });
  expect((await reportOf(twice)).find(({ customerId }) => customerId === missing)?.problem).toMatchObject({
    code: 'customer.not-found',
  });
  expect((await undo(crm, done.id)).counts).toMatchObject({ changed: 1 });
  expect((await now(crm, ada.id)).attributes?.tags).toEqual(['y']);
});

test('a bulk change can be undone within thirty days, not later', async () => {
  const crm = await world();
  const ada = await customer(crm);
  const done = await bulk(crm, { target: { customers: [ada.id] }, action: { tag: 'x' } });
  expect(done.undoableUntil > done.createdAt).toBe(true);
  await crm.advance('P31D');
  const late = await crm.ask('POST /v1/bulk/{id}/undo', { params: { id: done.id }, body: { why: 'x' } });
  expect([late.status, late.body.code]).toEqual([409, 'bulk.too-late']);
  expect((await read(crm, done.id)).reportUrl).toBeNull();
});

test('an invalid bulk change is refused by field', async () => {
  const crm = await world();
  const ada = await customer(crm);
  const target = { customers: [ada.id] };
  const paths = async (body: Body) => {
    const reply = await start(crm, body);
    return [reply.status, reply.body.errors?.map(({ path }: { path: string }) => path)];
  };
  expect(await paths({ target: {}, action: { tag: 'x' } })).toEqual([422, ['target']]);
  expect(await paths({ target: { ...target, q: 'a' }, action: {} })).toEqual([422, ['target', 'action']]);
  expect(await paths({ target, action: { tag: 'not one' } })).toEqual([422, ['action.tag']]);
  expect(await paths({ target, action: { set: {} } })).toEqual([422, ['action.set']]);
  expect(await paths({ target, action: { set: { email: 'a@b.co', externalId: 'x' } } })).toEqual([
    422,
    ['action.set.email', 'action.set.externalId'],
  ]);
  expect(await paths({ target, action: { tag: 'x' }, why: '' })).toEqual([422, ['why']]);
  expect(await paths({ target: { where: { segment: 'seg_1' } }, action: { tag: 'x' } })).toEqual([
    422,
    ['target.where.segment'],
  ]);
  expect(await paths({ target: { customers: ['x'] }, action: { erase: true } })).toEqual([
    422,
    ['target.customers.0', 'action.erase', 'action'],
  ]);
  const fleet = await list(crm);
  expect(await paths({ target: { list: fleet.id }, action: { addToList: fleet.id } })).toEqual([
    422,
    ['action.addToList'],
  ]);
  const dynamic = await list(crm, { kind: 'dynamic', where: { attribute: 'email', exists: true } });
  const codes = async (body: Body, token?: string) => {
    const reply = await crm.ask('POST /v1/bulk', { body: { why: 'x', ...body }, ...(token ? { token } : {}) });
    return [reply.status, reply.body.code];
  };
  expect(await codes({ target, action: { addToList: dynamic.id } })).toEqual([409, 'list.dynamic']);
  const sales = await crm.tokenFor(['sales'], crm.tenant, 'sue');
  expect(await codes({ target: { list: fleet.id }, action: { tag: 'x' } }, sales)).toEqual([404, 'list.not-found']);
  const shared = await list(crm, { sharedWith: ['all'] });
  expect(await codes({ target, action: { addToList: shared.id } }, sales)).toEqual([403, 'list.not-yours']);
  expect(await codes({ target, action: { tag: 'x' } }, await crm.tokenFor(['analyst']))).toEqual([
    403,
    'scope.missing',
  ]);
  expect((await crm.ask('GET /v1/bulk/{id}', { params: { id: 'job_1' } })).body.code).toBe('bulk.not-found');
});

const definition = (crm: World, name: string, body: Body) =>
  crm.ask('PUT /v1/attributes/{name}', { params: { name }, body });

const provenance = async (crm: World, id: string) => {
  const { body } = await crm.ask('GET /v1/customers/{id}/provenance', { params: { id } });
  return Object.fromEntries(body.items.map((one: Body) => [one.attribute, one]));
};

test('undone values have the origin that they had before', async () => {
  const crm = await world();
  const ada = await customer(crm, {
    attributes: { tier: 'silver' },
    provenance: { source: 'erp', verified: { by: 'staff', method: 'contract' } },
  });
  const before = await provenance(crm, ada.id);
  const done = await bulk(crm, { target: { customers: [ada.id] }, action: { set: { attributes: { tier: 'gold' } } } });
  expect((await provenance(crm, ada.id))['attributes.tier']).toMatchObject({
    value: 'gold',
    source: `bulk:${done.id}`,
    verifiedAt: null,
  });
  await undo(crm, done.id);
  const after = await provenance(crm, ada.id);
  expect(after['attributes.tier']).toEqual(before['attributes.tier']);
  const cleaning = await bulk(crm, { target: { customers: [ada.id] }, action: { clean: ['whitespace'] } });
  expect(cleaning.counts).toMatchObject({ changed: 0, unchanged: 1 });
});

test('attribute definitions hold in bulk; confidential attributes are not set, shown or used in conditions', async () => {
  const crm = await world();
  await definition(crm, 'plan', { type: 'enum', values: ['free', 'gold'] });
  await definition(crm, 'salary', { type: 'text', classification: 'confidential' });
  const ada = await customer(crm, { attributes: { plan: 'free', salary: ' 12000\u00a0 SGD ' } });
  const target = { customers: [ada.id] };
  const bad = await bulk(crm, { target, action: { set: { attributes: { plan: 'platinum' } } } });
  expect(bad.counts).toMatchObject({ changed: 0, failed: 1 });
  expect((await reportOf(bad))[0]?.problem).toMatchObject({ code: 'request.invalid' });
  const secret = await start(crm, { target, action: { set: { attributes: { salary: '1' } } } });
  expect([secret.status, secret.body.errors[0].path]).toEqual([422, 'action.set.attributes.salary']);
  const sales = await crm.tokenFor(['sales'], crm.tenant, 'sue');
  const where = { attribute: 'attributes.salary', startsWith: '12' };
  const probing = await crm.ask('POST /v1/bulk', {
    body: { target: { where }, action: { tag: 'rich' }, why: 'curious' },
    token: sales,
  });
  expect([probing.status, probing.body.code]).toEqual([403, 'attribute.confidential']);
  const asList = await crm.ask('POST /v1/lists', { body: { name: 'Rich', kind: 'dynamic', where }, token: sales });
  expect([asList.status, asList.body.code]).toEqual([403, 'attribute.confidential']);
  const cleaned = await bulk(crm, { target, action: { clean: ['whitespace'] } });
  expect((await reportOf(cleaned))[0]?.changes).toEqual([{ attribute: 'attributes.salary', from: '•••', to: '•••' }]);
  const changes = async (token?: string) =>
    (await crm.ask('GET /v1/bulk/{id}/changes', { params: { id: cleaned.id }, ...(token ? { token } : {}) })).body
      .items[0].changes[0];
  expect(await changes(sales)).toMatchObject({ to: '•••' });
  expect(await changes()).toMatchObject({ to: '12000 SGD' });
});

test('values of a bulk change do not outlive the erasure of a customer that it changed', async () => {
  const crm = await world();
  const { id } = await customer(crm, { address: { country: 'SG', locality: 'Secret Village' } });
  const where = { attribute: 'address.locality', is: 'Secret Village' };
  const done = await bulk(crm, { target: { where }, action: { set: { familyName: 'Secretname' } } });
  expect(done.counts.changed).toBe(1);
  await crm.ask('POST /v1/customers/{id}/erase', { params: { id }, body: { reason: 'asked' } });
  await crm.idle(90_000);
  expect(JSON.stringify(await read(crm, done.id))).not.toContain('Secret');
  expect(await read(crm, done.id)).toMatchObject({ action: { set: { familyName: '•••' } }, counts: { changed: 1 } });
});
