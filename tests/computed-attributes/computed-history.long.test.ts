import { expect, test } from 'vitest';
import { merging } from '../merging/merge-pair.ts';
import { erase } from '../privacy/erasure/erase.ts';
import { storedItems } from '../privacy/erasure/stored-items.ts';
import { type World, world } from '../world.ts';
import { computing, daysAgo } from './computing.ts';

const viewed = { event: 'Product Viewed' };
const views = { ...viewed, operation: 'count' };
const spent = { ...viewed, operation: 'sum', path: 'properties.price' };

type Call = [event: string, properties?: Record<string, unknown>, more?: Record<string, unknown>];

const many = (count: number, more: Record<string, unknown> = {}): Call[] =>
  Array.from({ length: count }, () => ['Product Viewed', { price: 2 }, more]);

const settled = async (crm: World) => {
  await crm.idle();
  await crm.advance('PT2M');
  await crm.idle();
};

test('events of the past are counted too; the definition shows the progress', async () => {
  const crm = await computing(await world());
  const [ada, bo] = [await crm.customer(), await crm.customer({ externalId: 'u-2' })];
  await crm.happen(...many(150), ...many(3, { userId: 'u-2' }));
  await crm.idle();
  const defined = await crm.declare('views', { type: 'integer', computed: views });
  expect(defined.body).toMatchObject({ state: 'computing', computed: views });
  await settled(crm);
  expect(await crm.stateOf('views')).toBe('ready');
  expect((await crm.ask('GET /v1/attributes')).body.items[0].state).toBe('ready');
  expect([await crm.attributes(ada), await crm.attributes(bo)]).toEqual([{ views: 150 }, { views: 3 }]);
  const job = await crm.ask('GET /v1/jobs/{id}', { params: { id: defined.body.job } });
  expect(job.body).toMatchObject({ kind: 'compute-attributes', state: 'done', counts: { customers: 2 } });
  // said again as it is, nothing is computed anew
  const again = await crm.declare('views', { type: 'integer', computed: views, label: 'Views' });
  expect(again.body).toMatchObject({ state: 'ready', job: defined.body.job });
});

test('events during the count of the past are neither lost nor counted twice', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  await crm.happen(...many(120));
  // neither waits for the other: the last of these are heard while the history is read
  const during = Promise.all([1, 2, 3, 4].map(() => crm.happen(...many(10))));
  await crm.declare('views', { type: 'integer', computed: views });
  await crm.declare('spent', { type: 'integer', computed: spent });
  await during;
  await crm.happen(...many(10));
  await settled(crm);
  expect(await crm.attributes(id)).toEqual({ views: 170, spent: 340 });
});

test('earlier values are replaced, also for customers without events', async () => {
  const crm = await computing(await world());
  const [ada, bo] = [
    await crm.customer({ attributes: { views: 99, plan: 'gold' } }),
    await crm.customer({ externalId: 'u-2', attributes: { views: 98 } }),
  ];
  await crm.happen(...many(2));
  await crm.idle();
  await crm.define('views', 'integer', views);
  await settled(crm);
  expect([await crm.attributes(ada), await crm.attributes(bo)]).toEqual([{ views: 2, plan: 'gold' }, {}]);
});

test('a changed definition is computed again; a deleted one removes its values', async () => {
  const crm = await computing(await world());
  const id = await crm.customer({ attributes: { plan: 'gold' } });
  await crm.define('money', 'number', spent);
  await crm.happen(...many(3), ['Product Viewed', { price: 7 }]);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', money: 13 });
  await crm.define('money', 'number', { ...spent, operation: 'max' });
  await settled(crm);
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', money: 7 });
  await crm.happen(['Product Viewed', { price: 8 }]);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', money: 8 });
  await crm.ask('DELETE /v1/attributes/{name}', { params: { name: 'money' } });
  await settled(crm);
  await crm.happen(['Product Viewed', { price: 9 }]);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold' });
  const changed = await crm.ask('PATCH /v1/customers/{id}', { params: { id }, body: { attributes: { money: 1 } } });
  expect([changed.status, changed.body.attributes.money]).toEqual([200, 1]);
});

test('a cancelled job shows in the definition; defining it again starts over', async () => {
  const crm = await computing(await world());
  await crm.customer();
  const { body } = await crm.declare('views', { type: 'integer', computed: views });
  await crm.ask('POST /v1/jobs/{id}/cancel', { params: { id: body.job } });
  expect(await crm.stateOf('views')).toBe('stopped');
  const again = await crm.declare('views', { type: 'integer', computed: views });
  expect(again.body.state).toBe('computing');
  expect(again.body.job).not.toBe(body.job);
});

test('a merged customer has the values of both; unmerged, each has its own', async () => {
  const crm = await computing(await world());
  const merge = merging(crm);
  const [ada, eve] = [await crm.customer(), await crm.customer({ givenName: 'Eve', externalId: 'u-2' })];
  await crm.define('views', 'integer', views);
  await crm.define('last', 'text', { ...viewed, operation: 'last', path: 'properties.sku' });
  await crm.define('first', 'text', { ...viewed, operation: 'first', path: 'properties.sku' });
  await crm.happen(
    ['Product Viewed', { sku: 'A' }, { timestamp: daysAgo(4) }],
    ['Product Viewed', { sku: 'C' }, { timestamp: daysAgo(2) }],
    ['Product Viewed', { sku: 'B' }, { timestamp: daysAgo(3), userId: 'u-2' }],
    ['Product Viewed', { sku: 'D' }, { timestamp: daysAgo(1), userId: 'u-2' }],
    ['Product Viewed', { sku: 'D' }, { timestamp: daysAgo(1), userId: 'u-2' }],
  );
  await crm.idle();
  expect(await crm.attributes(ada)).toEqual({ views: 2, first: 'A', last: 'C' });
  expect(await crm.attributes(eve)).toEqual({ views: 3, first: 'B', last: 'D' });
  const merged = await merge.merge(ada, eve);
  expect([merged.status, merged.body.merge.conflicts]).toMatchObject([
    200,
    expect.not.arrayContaining([expect.objectContaining({ attribute: 'attributes.views' })]),
  ]);
  await crm.idle();
  expect(await crm.attributes(ada)).toEqual({ views: 5, first: 'A', last: 'D' });
  // trackers remember whose an id was for some minutes: what comes under it meanwhile follows
  await crm.happen(['Product Viewed', { sku: 'D' }, { timestamp: daysAgo(1), userId: 'u-2' }]);
  await crm.happen(['Product Viewed', { sku: 'E' }]);
  await crm.idle();
  expect(await crm.attributes(ada)).toEqual({ views: 7, first: 'A', last: 'E' });
  await crm.advance('PT11M');
  await crm.idle();
  expect(await crm.attributes(ada)).toEqual({ views: 7, first: 'A', last: 'E' });
  expect((await merge.unmerge(ada, eve)).status).toBe(200);
  await crm.idle();
  // what they did as one stays with the one that stayed
  const [hers, others] = [await crm.events(ada), await crm.events(eve)];
  expect(hers.length + others.length).toBe(7);
  expect(await crm.attributes(ada)).toEqual({ views: hers.length, first: 'A', last: 'E' });
  expect(await crm.attributes(eve)).toEqual({ views: others.length, first: 'B', last: 'D' });
  await crm.happen(['Product Viewed', { sku: 'F' }]);
  await crm.idle();
  expect(await crm.attributes(ada)).toEqual({ views: hers.length + 1, first: 'A', last: 'F' });
});

test('customers merged while their past is counted have both counted', async () => {
  const crm = await computing(await world());
  const [ada, eve] = [await crm.customer(), await crm.customer({ givenName: 'Eve', externalId: 'u-2' })];
  await crm.happen(...many(130), ...many(140, { userId: 'u-2' }));
  await crm.idle();
  await crm.declare('views', { type: 'integer', computed: views });
  expect((await merging(crm).merge(ada, eve)).status).toBe(200);
  await crm.happen(...many(5));
  await settled(crm);
  await crm.advance('PT11M');
  await crm.idle();
  expect(await crm.attributes(ada)).toEqual({ views: 275 });
});

test('events of an unidentified device count once it is identified', async () => {
  const crm = await computing(await world());
  await crm.define('views', 'integer', views);
  await settled(crm);
  const unknown = { anonymousId: 'device-1' };
  await crm.happen(...many(2, { ...unknown, timestamp: daysAgo(3) }), ...many(1, unknown));
  await crm.idle();
  await crm.post('/v1/identify', {
    messageId: crm.messageId(),
    userId: 'u-9',
    anonymousId: 'device-1',
    traits: { firstName: 'Ida' },
  });
  await crm.idle();
  await crm.advance('PT3M');
  await crm.idle();
  const ida = await crm.byExternalId('u-9');
  expect(ida.attributes).toEqual({ views: 3 });
});

test('a cancelled count of adopted events is postponed, not dropped', async () => {
  const crm = await computing(await world());
  await crm.define('views', 'integer', views);
  await settled(crm);
  await crm.happen(...many(2, { anonymousId: 'device-2', timestamp: daysAgo(3) }));
  await crm.idle();
  const who = { userId: 'u-9', anonymousId: 'device-2', traits: { firstName: 'Ida' } };
  await crm.post('/v1/identify', { messageId: crm.messageId(), ...who });
  await crm.idle();
  await crm.advance('PT61S');
  await crm.idle();
  const jobs = await crm.ask('GET /v1/jobs', { query: { kind: 'compute-attributes' } });
  const running = jobs.body.items.filter(({ state }: { state: string }) => state === 'running');
  expect(running[0]).toMatchObject({ input: { customers: [expect.any(String)] } });
  for (const { id } of running) await crm.ask('POST /v1/jobs/{id}/cancel', { params: { id } });
  await settled(crm);
  expect((await crm.byExternalId('u-9')).attributes).toBeUndefined();
  await crm.advance('PT1H');
  await crm.idle();
  expect((await crm.byExternalId('u-9')).attributes).toEqual({ views: 2 });
});

test('conditions and lists use a computed value', async () => {
  const crm = await computing(await world());
  const [ada] = [await crm.customer(), await crm.customer({ externalId: 'u-2' })];
  await crm.define('views', 'integer', views);
  await crm.happen(...many(3), ...many(1, { userId: 'u-2' }));
  await crm.idle();
  const { body } = await crm.ask('POST /v1/lists', {
    body: { name: 'Keen', kind: 'dynamic', where: { attribute: 'attributes.views', gte: 2 } },
  });
  const members = await crm.ask('GET /v1/lists/{id}/members', { params: { id: body.id } });
  expect(members.body.items.map(({ id }: { id: string }) => id)).toEqual([ada]);
});

test('an erased customer leaves no counts, and nothing is counted for it later', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  await crm.define('views', 'integer', views);
  await crm.define('last', 'text', { ...viewed, operation: 'last', within: 'P9D', path: 'properties.sku' });
  await crm.happen(...many(2), ['Product Viewed', { sku: 'quastenflosser' }, { timestamp: await crm.now() }]);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ views: 3, last: 'quastenflosser' });
  const left = () => storedItems(crm, item => item.includes('quastenflosser') || item.includes('"S":"tally"'));
  expect((await left()).length).toBeGreaterThan(3);
  await erase(crm, id);
  await crm.happen(...many(1));
  await settled(crm);
  await crm.advance('PT11M');
  await crm.idle();
  expect(await left()).toEqual([]);
  await crm.define('spent', 'number', spent);
  await settled(crm);
  expect(await crm.stateOf('spent')).toBe('ready');
});
