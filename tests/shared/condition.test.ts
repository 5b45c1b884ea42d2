import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Condition, evaluate, type Facts } from '../../functions/shared/conditions/condition.ts';

const now = '2026-11-22T12:00:00Z';
const ada: Facts = {
  attributes: {
    name: 'Ada',
    address: { country: 'SG' },
    score: 72,
    vip: true,
    nothing: null,
    tags: ['early-bird', 'fleet'],
    vehicles: [
      { model: 'Civic', year: 2019 },
      { model: 'Fit', year: 2024 },
    ],
    bornOn: '1990-05-17',
    joinedAt: '2026-01-01T08:00:00+08:00',
    'utm.source': 'radio',
    empty: [],
  },
  consents: [
    { channel: 'email', topic: 'offers', status: 'granted' },
    { channel: 'sms', topic: 'offers', status: 'withdrawn' },
  ],
  segments: ['seg_1'],
  events: [
    { type: 'order.completed', occurredAt: '2026-11-20T10:00:00Z', data: { total: { amount: 500 }, coupon: 'X' } },
    { type: 'order.completed', occurredAt: '2026-10-01T10:00:00Z', data: { total: { amount: 90 } } },
    { type: 'order.completed', occurredAt: '2026-12-24T10:00:00Z', data: { total: { amount: 90 } } },
  ],
  now,
};
/** as a request brings it */
const judged = (condition: unknown, facts = ada) => evaluate(Condition.parse(condition), facts);

describe('attributes', () => {
  test.each<[boolean, string, object]>([
    [true, 'name', { is: 'Ada' }],
    [false, 'name', { is: 'ada' }],
    [true, 'address.country', { in: ['MY', 'SG'] }],
    [false, 'address.country', { in: ['MY'] }],
    [true, 'address.country', { isNot: 'MY' }],
    [false, 'address.country', { isNot: 'SG' }],
    [true, 'score', { gt: 71.5 }],
    [false, 'score', { gt: 72 }],
    [true, 'score', { gte: 72 }],
    [true, 'score', { lt: 100 }],
    [true, 'score', { lte: 72 }],
    [false, 'score', { lte: 71 }],
    [false, 'score', { is: '72' }],
    [true, 'score', { isNot: '72' }],
    [false, 'score', { gte: '5' }],
    [false, 'score', { lte: '5' }],
    [true, 'vip', { is: true }],
    [false, 'vip', { is: 'true' }],
    [true, 'bornOn', { lt: '2000-01-01' }],
    [true, 'joinedAt', { is: '2026-01-01T00:00:00Z' }],
    [true, 'joinedAt', { gte: '2026-01-01' }],
    [false, 'joinedAt', { gt: '2026-01-01T00:00:00.000Z' }],
    [true, 'name', { gt: 'Aaron' }],
    [true, 'tags', { contains: 'fleet' }],
    [false, 'tags', { contains: 'early' }],
    [true, 'name', { contains: 'd' }],
    [false, 'score', { contains: 7 }],
    [true, 'name', { startsWith: 'A' }],
    [false, 'name', { startsWith: 'd' }],
    [true, 'tags', { startsWith: 'early' }],
    [true, 'tags', { is: 'fleet' }],
    [false, 'tags', { isNot: 'fleet' }],
    [true, 'vehicles.model', { is: 'Fit' }],
    [true, 'vehicles.year', { lt: 2020 }],
    [true, 'vehicles', { exists: true }],
    [true, 'utm.source', { is: 'radio' }],
  ])('%s: %s %j', (holds, attribute, operator) => {
    expect(judged({ attribute, ...operator }).holds).toBe(holds);
  });

  test.each(['nothing', 'empty', 'missing', 'name.first', 'constructor', 'vehicles.colour'])(
    '%s is missing',
    attribute => {
      const holding = [{ exists: false }, { isNot: 'x' }];
      const failing = [
        { exists: true },
        { is: 'x' },
        { in: ['x'] },
        { gt: 0 },
        { gte: 0 },
        { lt: 0 },
        { lte: 0 },
        { contains: 'x' },
        { startsWith: 'x' },
      ];
      for (const operator of holding) expect(judged({ attribute, ...operator }).holds).toBe(true);
      for (const operator of failing) {
        expect(judged({ attribute, ...operator }).holds).toBe(false);
        expect(judged({ attribute, ...operator }).reasons[0]).toMatch(/: it is missing$/);
      }
    },
  );
});

describe('events', () => {
  const orders = (more: object) => judged({ event: 'order.completed', ...more }).holds;
  test.each<[boolean, object]>([
    [true, {}],
    [true, { count: { gte: 2 } }],
    [false, { count: { gte: 3 } }],
    [true, { count: { is: 2 } }],
    [true, { count: { gt: 1, lt: 3 } }],
    [false, { count: { lte: 1 } }],
    [false, { within: 'P30D', count: { gte: 2 } }],
    [true, { within: 'P2M', count: { gte: 2 } }],
    [true, { within: 'P30D', count: { lte: 1 } }],
    [true, { where: { total: { amount: [{ numeric: ['>', 100] }] } } }],
    [false, { where: { total: { amount: [{ numeric: ['>', 1000] }] } } }],
    [true, { where: { coupon: [{ exists: false }] }, count: { is: 1 } }],
    [true, { where: { data: { coupon: ['X'] } } }],
    [true, { where: { detail: { data: { coupon: ['X'] } } } }],
  ])('%s: order.completed %j', (holds, more) => {
    expect(orders(more)).toBe(holds);
  });

  test('one that never happened holds only when none is asked', () => {
    expect(judged({ event: 'case.opened' }).holds).toBe(false);
    expect(judged({ event: 'case.opened', count: { is: 0 } }).holds).toBe(true);
  });
});

describe('the reasons say what is so', () => {
  const inMalaysia = { attribute: 'address.country', is: 'MY' };
  const scored = { attribute: 'score', gte: 50 };
  test.each<[object, boolean, string[]]>([
    [inMalaysia, false, ['attribute address.country is "MY": it is "SG"']],
    [scored, true, ['attribute score is at least 50: it is 72']],
    [{ attribute: 'tags', contains: 'x' }, false, ['attribute tags contains "x": it is ["early-bird","fleet"]']],
    [{ not: inMalaysia }, true, ['not attribute address.country is "MY": it is "SG"']],
    [{ all: [inMalaysia, scored] }, false, ['attribute address.country is "MY": it is "SG"']],
    [{ any: [inMalaysia, scored] }, true, ['attribute score is at least 50: it is 72']],
    [
      { all: [scored, { segment: 'seg_1' }] },
      true,
      ['attribute score is at least 50: it is 72', 'member of segment seg_1: it is'],
    ],
    [
      { any: [inMalaysia, { segment: 'seg_2' }] },
      false,
      ['attribute address.country is "MY": it is "SG"', 'member of segment seg_2: it is not'],
    ],
    [{ consent: { channel: 'email', topic: 'offers' } }, true, ['consent to offers by email: it is granted']],
    [{ consent: { channel: 'sms', topic: 'offers' } }, false, ['consent to offers by sms: it is withdrawn']],
    [{ consent: { channel: 'push', topic: 'offers' } }, false, ['consent to offers by push: it is missing']],
    [
      { event: 'order.completed', count: { gte: 2 }, within: 'P30D' },
      false,
      ['event order.completed happened at least 2 times within P30D: it happened 1 time'],
    ],
    [
      { event: 'case.opened', where: { type: ['complaint'] } },
      false,
      ['event case.opened as described happened at least 1 time: it happened 0 times'],
    ],
  ])('%j', (condition, holds, reasons) => {
    expect(judged(condition)).toEqual({ holds, reasons });
  });

  test('long values are cut', () => {
    const facts = { attributes: { note: 'x'.repeat(10_000) }, now };
    expect(judged({ attribute: 'note', is: 'y' }, facts).reasons[0]!.length).toBeLessThan(150);
  });
});

test('a case has attributes only', () => {
  const facts = { attributes: { type: 'complaint', priority: 'high' }, now };
  const urgent = {
    all: [
      { attribute: 'type', is: 'complaint' },
      { attribute: 'priority', in: ['high', 'urgent'] },
    ],
  };
  expect(judged(urgent, facts).holds).toBe(true);
  expect(
    judged({ any: [{ segment: 'seg_1' }, { event: 'x' }, { consent: { channel: 'a', topic: 'b' } }] }, facts).holds,
  ).toBe(false);
});

describe('a bad part is named by its path', () => {
  test.each<[unknown, string[]]>([
    [{}, ['']],
    ['x', ['']],
    [{ all: [{ attribute: 'a' }, { segment: 5 }, { likes: 'x' }] }, ['all.0', 'all.1.segment', 'all.2', 'all.2']],
    [{ attribute: 'a', gte: 1, lt: 5 }, ['']],
    [{ attribute: 'a..b', is: 1 }, ['attribute']],
    [{ attribute: 'a', is: null }, ['is']],
    [{ segment: 'seg_1', event: 'x' }, ['']],
    [{ event: 'x', is: 5 }, ['is']],
    [{ not: { event: 'x', within: '2 days', count: { gte: -1 } } }, ['not.count.gte', 'not.within']],
    [{ event: 'x', where: { a: { b: [{ numeric: ['>'] }] } } }, ['where.a.b.0.numeric']],
    [{ event: 'x', where: {} }, ['where']],
    [{ consent: { channel: 'email' } }, ['consent.topic']],
  ])('%j', (condition, paths) => {
    expect(Condition.safeParse(condition).error?.issues.map(({ path }) => path.join('.'))).toEqual(paths);
  });

  const nested = (levels: number): object => (levels === 1 ? { segment: 'seg_1' } : { not: nested(levels - 1) });
  test('it has 8 levels and 200 parts at most', () => {
    expect(Condition.safeParse(nested(8)).success).toBe(true);
    expect(Condition.safeParse({ all: [nested(11)] }).error?.issues).toMatchObject([
      { path: ['all', 0, 'not', 'not'] },
    ]);
    const any = (parts: number) => ({ any: Array(parts).fill({ segment: 'seg_1' }) });
    expect(Condition.safeParse({ all: [any(99), any(98)] }).success).toBe(true);
    expect(Condition.safeParse({ all: [any(99), any(99)] }).error?.issues).toMatchObject([{ path: [] }]);
  });
});

test('it has a JSON Schema that refers to itself', () => {
  const schema = z.toJSONSchema(z.object({ if: Condition.optional() }));
  expect(schema.properties?.if).toEqual({ $ref: '#/$defs/Condition' });
  expect(schema.$defs?.Condition).toMatchObject({
    properties: { not: { $ref: '#/$defs/Condition' } },
    oneOf: expect.any(Array),
  });
});
