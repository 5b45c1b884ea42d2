import { expect, test } from 'vitest';
import { importing } from '../customers/importing.ts';
import { type World, world } from '../world.ts';
import { computing, daysAgo } from './computing.ts';

const viewed = { event: 'Product Viewed' };
const week = { ...viewed, within: 'P7D' };

/** values fall within the first hour of a day: these days begin at noon */
const noon = async (crm: World) => {
  const now = Date.parse(await crm.now());
  const hours = 24 + 12 - (now % 86_400_000) / 3_600_000;
  await crm.advance(`PT${Math.round((hours % 24) * 60)}M`);
  return crm.now();
};

test('in a moving period only recent events count; values decrease without events', async () => {
  const crm = await computing(await world());
  const id = await crm.customer({ attributes: { plan: 'gold' } });
  await crm.define('views', 'integer', { ...week, operation: 'count' });
  await crm.define('most', 'number', { ...week, operation: 'max', path: 'properties.price' });
  await crm.define('ever', 'integer', { ...viewed, operation: 'count' });
  const now = await noon(crm);
  const at = (days: number) => ({ timestamp: daysAgo(days, now) });
  await crm.happen(
    ['Product Viewed', { price: 1 }, at(0)],
    ['Product Viewed', { price: 9 }, at(5)],
    ['Product Viewed', { price: 99 }, at(8)],
  );
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', views: 2, most: 9, ever: 3 });
  await crm.happen(['Product Viewed', { price: 7 }, at(6)]);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', views: 3, most: 9, ever: 4 });
  await crm.advance('P1D');
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', views: 2, most: 9, ever: 4 });
  await crm.advance('P1D');
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', views: 1, most: 1, ever: 4 });
  await crm.advance('P5D');
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', ever: 4 });
  await crm.happen(['Product Viewed', { price: 3 }, { timestamp: await crm.now() }]);
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({ plan: 'gold', views: 1, most: 3, ever: 5 });
});

test('of the past only events within the period count, and leave it as well', async () => {
  const crm = await computing(await world());
  const id = await crm.customer();
  const now = await noon(crm);
  await crm.happen(
    ['Product Viewed', {}, { timestamp: daysAgo(3, now) }],
    ['Product Viewed', {}, { timestamp: daysAgo(30, now) }],
  );
  await crm.idle();
  await crm.define('views', 'integer', { ...week, operation: 'count' });
  expect(await crm.attributes(id)).toEqual({ views: 1 });
  await crm.advance('P4D');
  await crm.idle();
  expect(await crm.attributes(id)).toEqual({});
});

test('a file cannot set a computed value: the rest of its row is imported', async () => {
  const crm = await computing(await world());
  await crm.define('views', 'integer', { ...viewed, operation: 'count' });
  const files = importing(crm);
  const mapping = { no: 'externalId', first: 'givenName', seen: 'attributes.views' };
  const report = await files.bringIn({ file: 'no,first,seen\n7,Ada,12', fields: { mapping } });
  expect(report.rows).toMatchObject({ read: 1, created: 1, withErrors: 1 });
  expect(await files.errorsOf(report)).toMatchObject([
    { line: 2, column: 'seen', message: 'is computed and cannot be set' },
  ]);
  expect((await crm.byExternalId('7')).attributes ?? {}).toEqual({});
});

test('unpublished events of an import are counted too', async () => {
  const crm = await computing(await world());
  await crm.define('came', 'text', { event: 'customer.created', operation: 'first', path: 'source' });
  await importing(crm).bringIn({
    file: 'no,first\n7,Ada',
    fields: { mapping: { no: 'externalId', first: 'givenName' } },
  });
  expect((await crm.byExternalId('7')).attributes).toEqual({ came: 'import:sales list' });
});
