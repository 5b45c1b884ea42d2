import { expect, test } from 'vitest';
import { aggregateOf, combine, type EventValue, valueFrom } from '../../functions/computed-attributes/aggregate.ts';
import { operations } from '../../functions/customers/attributes/definition.ts';

const happened: EventValue[] = [
  { at: '2026-11-01T00:00:00.000Z', id: 'b', value: 0.1 },
  { at: '2026-11-01T00:00:00.000Z', id: 'a', value: 0.2 },
  { at: '2026-11-03T00:00:00.000Z', id: 'c', value: 0.7 },
  { at: '2026-11-02T00:00:00.000Z', id: 'd', value: 0.7 },
  { at: '2026-11-02T12:00:00.000Z', id: 'e', value: -3.5 },
];

const ordersOf = <T>(all: T[]): T[][] =>
  all.length ? all.flatMap((one, nth) => ordersOf(all.toSpliced(nth, 1)).map(rest => [one, ...rest])) : [[]];

test.each(operations)('%s comes to the same in any order and any grouping', operation => {
  const group = ([first, ...others]: EventValue[]) =>
    others.reduce((sum, one) => combine(operation, sum, aggregateOf(operation, one)), aggregateOf(operation, first!));
  const whole = valueFrom(operation, group(happened));
  for (const order of ordersOf(happened)) {
    expect(valueFrom(operation, group(order))).toEqual(whole);
    const parts = combine(operation, group(order.slice(0, 2)), group(order.slice(2)));
    expect(valueFrom(operation, parts)).toEqual(whole);
  }
});

test('each operation gives its value, as of the event that it comes from', () => {
  const all = (operation: (typeof operations)[number]) =>
    valueFrom(
      operation,
      happened.map(one => aggregateOf(operation, one)).reduce((a, b) => combine(operation, a, b)),
    );
  const latest = '2026-11-03T00:00:00.000Z';
  expect(all('count')).toEqual({ value: 5, at: latest });
  expect(all('sum')).toEqual({ value: -1.8, at: latest });
  expect(all('average')).toEqual({ value: -0.36, at: latest });
  expect(all('min')).toEqual({ value: -3.5, at: '2026-11-02T12:00:00.000Z' });
  expect(all('max')).toEqual({ value: 0.7, at: '2026-11-02T00:00:00.000Z' });
  expect(all('first')).toEqual({ value: 0.2, at: '2026-11-01T00:00:00.000Z' });
  expect(all('last')).toEqual({ value: 0.7, at: latest });
});
