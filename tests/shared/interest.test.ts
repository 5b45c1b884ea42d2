import { describe, expect, test } from 'vitest';
import { index } from '../../bench/pattern-index.ts';
import { eventKeys, indexKeys } from '../../functions/shared/events/event-index.ts';
import { compile } from '../../functions/shared/patterns/pattern.ts';
import { sequence } from '../sequence.ts';

const viewed = (event: unknown) => ({ 'detail-type': 'tracked.track', detail: { data: { event, properties: {} } } });

describe('a pattern is filed under', () => {
  test.each<[string, unknown, string[]]>([
    ['the types it names', { 'detail-type': ['order.completed', 'order.lost'] }, ['order.completed', 'order.lost']],
    [
      'tracked types with the names it names',
      { 'detail-type': ['tracked.track', 'tracked.page'], detail: { data: { event: ['Cart'] } } },
      ['tracked.track/Cart', 'tracked.page/Cart'],
    ],
    ['all names when it names none', { 'detail-type': ['tracked.track'] }, ['tracked.track/*']],
    [
      'all names when it asks for a kind of name',
      { 'detail-type': ['tracked.track'], detail: { data: { event: [{ prefix: 'Product' }] } } },
      ['tracked.track/*'],
    ],
    ['everything when it names no type', { detail: { data: { event: ['Cart'] } } }, ['*']],
    ['everything when it asks for a kind of type', { 'detail-type': [{ prefix: 'order.' }] }, ['*']],
    [
      'every alternative of its types',
      { $or: [{ 'detail-type': ['a'] }, { 'detail-type': ['b'], source: ['shop'] }] },
      ['a', 'b'],
    ],
    ['everything when one alternative names no type', { $or: [{ 'detail-type': ['a'] }, { source: ['b'] }] }, ['*']],
    [
      'all names rather than a thousand',
      {
        'detail-type': ['tracked.track'],
        detail: { data: { event: Array.from({ length: 1000 }, (_, i) => `e${i}`) } },
      },
      ['tracked.track/*'],
    ],
  ])('%s', (_, pattern, keys) => {
    expect(indexKeys(pattern)).toEqual(keys);
  });
});

test('an event asks under its type, its name, and for those who listen to all', () => {
  expect(eventKeys({ 'detail-type': 'order.completed' })).toEqual(['*', 'order.completed']);
  expect(eventKeys(viewed('Cart'))).toEqual(['*', 'tracked.track/*', 'tracked.track/Cart']);
  expect(eventKeys(viewed(['Cart', 5, 'Car']))).toEqual([
    '*',
    'tracked.track/*',
    'tracked.track/Cart',
    'tracked.track/Car',
  ]);
  expect(eventKeys(null)).toEqual(['*']);
});

test('the index finds just what comparing every pattern finds', () => {
  const seeded = sequence(42);
  const pick = <T>(values: T[]) => values[seeded() % values.length]!;
  const types = ['tracked.track', 'tracked.page', 'order.completed', 'case.opened', '*'];
  const names = ['Cart', 'Car', '*', 'a/b'];
  const conditions = [
    () => ({ 'detail-type': [pick(types), pick(types)] }),
    () => ({ 'detail-type': [{ 'anything-but': pick(types) }] }),
    () => ({ detail: { data: { event: [pick(names)] } } }),
    () => ({ $or: [{ 'detail-type': [pick(types)] }, { detail: { data: { event: [pick(names)] } } }] }),
    () => ({ 'detail-type': [pick(types)], detail: { data: { event: [pick(names), { exists: false }] } } }),
    () => ({ 'detail-type': ['tracked.track'], 'detail.data': { event: [pick(names)] } }),
  ];
  const patterns = Array.from({ length: 300 }, (_, i) => ({ id: String(i), pattern: pick(conditions)() }));
  const all = index(patterns);
  const each = patterns.map(({ id, pattern }) => ({ id, matches: compile(pattern) }));
  let matched = 0;
  for (let i = 0; i < 300; i++) {
    const event = {
      'detail-type': pick(types),
      detail: { data: pick([{}, { event: pick(names) }, { event: [pick(names), 'Cart'] }]) },
    };
    const expected = each.filter(({ matches }) => matches(event)).map(({ id }) => id);
    expect(all.matches(event).sort()).toEqual(expected.sort());
    expect(all.candidates(event)).toEqual(expect.arrayContaining(expected));
    matched += expected.length;
  }
  expect(matched).toBeGreaterThan(1000);
});

test('ten thousand patterns over two hundred names leave fifty to compare', () => {
  const all = index(
    Array.from({ length: 10_000 }, (_, i) => ({
      id: `trg_${i}`,
      pattern: { 'detail-type': ['tracked.track'], detail: { data: { event: [`name ${i % 200}`] } } },
    })),
  );
  expect(all.candidates(viewed('name 7'))).toHaveLength(50);
  expect(all.candidates(viewed('unheard of'))).toEqual([]);
});
