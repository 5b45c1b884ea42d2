import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { computing, daysAgo } from './computing.ts';

const viewed = { event: 'Product Viewed' };

test('each operation computes its value from events in any order', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  await Promise.all([
    crm.declare('views', { type: 'integer', computed: { ...viewed, operation: 'count' } }),
    crm.declare('spent', { type: 'number', computed: { ...viewed, operation: 'sum', path: 'properties.price' } }),
    crm.declare('usual', { type: 'number', computed: { ...viewed, operation: 'average', path: 'properties.price' } }),
    crm.declare('least', { type: 'number', computed: { ...viewed, operation: 'min', path: 'properties.price' } }),
    crm.declare('most', { type: 'number', computed: { ...viewed, operation: 'max', path: 'properties.price' } }),
    crm.declare('firstSeen', { type: 'text', computed: { ...viewed, operation: 'first', path: 'properties.sku' } }),
    crm.declare('lastSeen', { type: 'text', computed: { ...viewed, operation: 'last', path: 'properties.sku' } }),
    crm.declare('firstAt', { type: 'instant', computed: { ...viewed, operation: 'first' } }),
    crm.declare('lastOn', { type: 'date', computed: { ...viewed, operation: 'last' } }),
  ]);
  await crm.idle();
  const [oldest, middle, newest] = [daysAgo(30), daysAgo(20), daysAgo(10)];
  await crm.happen(['Product Viewed', { sku: 'B', price: 0.2 }, { timestamp: middle }]);
  await crm.idle();
  expect(await crm.attributes(id)).toMatchObject({ views: 1, firstSeen: 'B', lastSeen: 'B', least: 0.2 });
  await crm.happen(
    ['Product Viewed', { sku: 'C', price: 7 }, { timestamp: newest }],
    ['Product Viewed', { sku: 'A', price: 0.1 }, { timestamp: oldest }],
    ['Something else', { sku: 'Z', price: 99 }],
  );
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({
    views: 3,
    spent: 7.3,
    usual: 2.433333333,
    least: 0.1,
    most: 7,
    firstSeen: 'A',
    lastSeen: 'C',
    firstAt: oldest,
    lastOn: newest.slice(0, 10),
  });
  // each is as of the event that made it so
  expect(await crm.provenance(id, 'attributes.least')).toMatchObject({ source: 'computed', observedAt: oldest });
  expect(await crm.provenance(id, 'attributes.views')).toMatchObject({ source: 'computed', observedAt: newest });
});

test('only matching events are counted: by data, by type, by the kind of customer', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  const where = { properties: { price: [{ numeric: ['>', 10] }] } };
  await crm.define('dear', 'integer', { ...viewed, where, operation: 'count' });
  await crm.define('best', 'enum', { ...viewed, operation: 'last', path: 'properties.tier' }, { values: ['Gold'] });
  await crm.define('fleet', 'integer', { ...viewed, operation: 'count' }, { appliesTo: 'organisation' });
  await crm.define('pages', 'integer', {
    event: 'tracked.page',
    where: { event: ['Test drive'] },
    operation: 'count',
  });
  await crm.happen(
    ['Product Viewed', { price: 9, tier: 'gold' }],
    ['Product Viewed', { price: 11, tier: 'platinum' }],
    ['Test drive', {}, { type: 'page', name: 'Test drive' }],
  );
  await crm.idle();
  expect(await crm.attributes(id)).toMatchObject({ dear: 1, best: 'Gold', pages: 1 });
});

test('an event that is delivered twice is counted once', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  await crm.define('views', 'integer', { ...viewed, operation: 'count' });
  const batch = await crm.happen(['Product Viewed'], ['Product Viewed']);
  await crm.idle();
  await crm.post('/v1/batch', { batch });
  await crm.idle();
  // as its queue may deliver it: the event of the timeline once more on the bus
  const [event] = await crm.events(id);
  const heard = { ...event, customerId: id };
  await crm.put('tracked.track', heard, 'rapport.tracking');
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ views: 2 });
  const last = event?.id.endsWith('0') ? '1' : '0';
  const other = { ...heard, id: `${event?.id.slice(0, -1)}${last}` };
  await Promise.all([1, 2, 3].map(() => crm.put('tracked.track', other, 'rapport.tracking')));
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ views: 3 });
});

test('many concurrent events of one customer are all counted', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  await crm.define('views', 'integer', { ...viewed, operation: 'count' });
  await crm.define('spent', 'number', { ...viewed, operation: 'sum', path: 'properties.price' });
  const hundred = Array.from({ length: 100 }, (): [string, { price: number }] => ['Product Viewed', { price: 0.1 }]);
  const change = (givenName: string) => crm.ask('PATCH /v1/customers/{id}', { params: { id }, body: { givenName } });
  // others write the same record meanwhile
  const all = ['Bo', 'Cy', 'Di'].map(async name => [await crm.happen(...hundred), (await change(name)).status][1]);
  expect(await Promise.all(all)).toEqual([200, 200, 200]);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ views: 300, spent: 30 });
});

test('a computed value is indexed, used by conditions, masked and shown like any other', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  await crm.define('views', 'integer', { ...viewed, operation: 'count' }, { indexed: true });
  await crm.happen(['Product Viewed'], ['Product Viewed']);
  await crm.idle();
  const found = await crm.ask('GET /v1/customers', { query: { attribute: 'attributes.views', value: 2 } });
  expect(found.body.items?.map((one: { id: string }) => one.id)).toEqual([id]);
  const { body } = await crm.ask('GET /v1/customers/{id}/view', { params: { id } });
  expect(body.customer.attributes).toEqual({ views: 2 });
  expect(body.timeline.map(({ type }: { type: string }) => type)).not.toContain('customer.updated');
});

test('a trigger can subscribe to a change of a computed value', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  await crm.define('views', 'integer', { ...viewed, operation: 'count' });
  const trigger = await crm.ask('POST /v1/triggers', {
    body: {
      name: 'Keen',
      when: { 'detail-type': ['customer.updated'], detail: { data: { changes: { attribute: ['attributes.views'] } } } },
      if: { attribute: 'attributes.views', gte: 2 },
      then: [{ tag: 'keen' }],
    },
  });
  await crm.ask('POST /v1/triggers/{id}/activate', { params: { id: trigger.body.id } });
  await crm.happen(['Product Viewed']);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ views: 1 });
  await crm.happen(['Product Viewed']);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ views: 2, tags: ['keen'] });
});

test('values are computed from Rapport’s own events', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  await crm.define('withdrawals', 'integer', {
    event: 'consent.changed',
    where: { channel: ['email'], status: ['withdrawn'] },
    operation: 'count',
  });
  const say = (channel: string, status: string) =>
    crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
      params: { id, channel, topic: 'news' },
      body: { status, source: 'form' },
    });
  await say('email', 'granted');
  await say('email', 'withdrawn');
  await say('sms', 'withdrawn');
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ withdrawals: 1 });
});

test('an invalid computation is refused when it is defined, by field', async () => {
  const crm = await computing(await world());
  const refused = async (type: string, computed: object, more: object = {}) => {
    const { status, body } = await crm.declare('x', { type, computed, ...more });
    return [status, body.code, body.errors?.[0]?.path];
  };
  const price = { ...viewed, path: 'properties.price' };
  const order = { event: 'order.created', operation: 'max' };
  expect(await refused('integer', { event: 'order.plcaed', operation: 'count' })).toEqual([
    422,
    'attribute.event-unknown',
    'computed.event',
  ]);
  for (const event of ['customer.updated', 'identity.settled']) {
    expect(await refused('integer', { event, operation: 'count' })).toEqual([
      422,
      'attribute.event-unfit',
      'computed.event',
    ]);
  }
  const unfit = async (type: string, operation: string) => refused(type, { ...price, operation });
  for (const [type, operation] of [
    ['text', 'sum'],
    ['integer', 'average'],
    ['text', 'max'],
    ['boolean', 'min'],
  ] as const) {
    expect(await unfit(type, operation)).toEqual([422, 'attribute.operation-unfit', 'computed.operation']);
  }
  expect(await unfit('json', 'last')).toEqual([422, 'attribute.operation-unfit', 'type']);
  expect(await refused('integer', { ...viewed, operation: 'count' }, { max: 5 })).toEqual([
    422,
    'attribute.operation-unfit',
    'max',
  ]);
  expect(await refused('integer', { ...price, operation: 'count' })).toEqual([
    422,
    'attribute.path-unfit',
    'computed.path',
  ]);
  expect(await refused('number', { ...order, path: 'lines' })).toEqual([422, 'attribute.path-unfit', 'computed.path']);
  expect(await refused('number', { ...order, path: 'total.value' })).toEqual([
    422,
    'attribute.path-unknown',
    'computed.path',
  ]);
  expect(await refused('number', { ...viewed, operation: 'sum' })).toEqual([
    422,
    'attribute.path-needed',
    'computed.path',
  ]);
  expect(await refused('text', { ...viewed, operation: 'last' })).toEqual([
    422,
    'attribute.path-needed',
    'computed.path',
  ]);
  for (const within of ['P1M', 'PT12H', 'P400D', 'P0D']) {
    expect(await refused('integer', { ...viewed, operation: 'count', within })).toEqual([
      422,
      'attribute.within-unfit',
      'computed.within',
    ]);
  }
  const many = Array.from({ length: 21 }, (_, nth) => `event ${nth}`);
  expect(await refused('integer', { event: 'tracked.track', where: { event: many }, operation: 'count' })).toEqual([
    422,
    'attribute.where-unfit',
    'computed.where',
  ]);
  expect(await refused('integer', { ...viewed, operation: 'count', where: { a: 'b' } })).toEqual([
    422,
    'request.invalid',
    'computed.where.a',
  ]);
  expect(await refused('integer', { ...viewed, operation: 'count' }, { required: true })).toEqual([
    422,
    'attribute.computed-required',
    'required',
  ]);
  const field = await crm.declare('phone', { computed: { ...viewed, operation: 'last' } });
  expect([field.status, field.body.errors[0].path]).toEqual([422, 'computed']);
  const tags = await crm.declare('tags', { type: 'integer', computed: { ...viewed, operation: 'count' } });
  expect([tags.status, tags.body.errors[0].path]).toEqual([422, 'name']);
});

test('at most twenty attributes are computed', async () => {
  const crm = await computing(await world());
  const define = (nth: number) =>
    crm.declare(`a${nth}`, { type: 'integer', computed: { event: `event ${nth}`, operation: 'count' } });
  for (let nth = 0; nth < 20; nth++) expect((await define(nth)).status).toBe(201);
  const { status, body } = await define(20);
  expect([status, body.code]).toEqual([409, 'attribute.too-many']);
});

test('a computed value cannot be set: not by hand, in bulk or by a tracker', async () => {
  const crm = await computing(await world());
  const id = await crm.customer({ attributes: { plan: 'gold' } });
  await crm.define('views', 'integer', { ...viewed, operation: 'count' });
  await crm.happen(['Product Viewed']);
  await crm.idle();
  const change = (attributes: unknown) => crm.ask('PATCH /v1/customers/{id}', { params: { id }, body: { attributes } });
  for (const views of [2, null]) {
    const { status, body } = await change({ views });
    expect([status, body.code, body.errors[0].path]).toEqual([422, 'attribute.computed', 'attributes.views']);
  }
  const created = await crm.ask('POST /v1/customers', { body: { givenName: 'Bo', attributes: { views: 1 } } });
  expect([created.status, created.body.code]).toEqual([422, 'attribute.computed']);
  // said as it stands it is no matter; what is cleared is what is one's own to clear
  const before = await crm.provenance(id, 'attributes.views');
  expect((await change({ views: 1, plan: 'free' })).body.attributes).toEqual({ views: 1, plan: 'free' });
  expect(await crm.provenance(id, 'attributes.views')).toEqual(before);
  expect((await change(null)).body.attributes).toEqual({ views: 1 });
  await crm.post('/v1/identify', { messageId: crm.messageId(), userId: 'u-1', traits: { views: 7, size: 'L' } });
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ views: 1, size: 'L' });
  const bulk = await crm.ask('POST /v1/bulk', {
    body: { target: { customers: [id] }, action: { set: { attributes: { views: 5 } } }, why: 'a test' },
  });
  expect([bulk.status, bulk.body.code, bulk.body.errors[0].path]).toEqual([
    422,
    'attribute.computed',
    'action.set.attributes.views',
  ]);
  const claimed = await crm.ask('PATCH /v1/customers/{id}', {
    params: { id },
    body: { attributes: { plan: 'x' }, provenance: { source: 'computed' } },
  });
  expect(claimed.body.errors[0].path).toBe('provenance.source');
});
