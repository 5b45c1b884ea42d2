import { describe, expect, test } from 'vitest';
import { Condition, evaluate, type Facts, sampleOf } from '../../functions/shared/conditions/condition.ts';

const now = '2026-11-22T12:00:00.000Z';
const judged = (condition: unknown, facts: Partial<Facts> = {}) =>
  evaluate(Condition.parse(condition), { attributes: {}, now, ...facts });
const faults = (condition: unknown) =>
  Condition.safeParse(condition).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('texts', () => {
  const attributes = { name: 'Ada Tan', mail: 'ADA@Example.com', tags: ['Early-Bird', 'fleet'], empty: '', five: '5' };
  test.each<[boolean, string, object]>([
    [true, 'name', { endsWith: 'Tan' }],
    [false, 'name', { endsWith: 'tan' }],
    [true, 'name', { endsWith: 'tan', ignoreCase: true }],
    [true, 'name', { like: 'A*T?n' }],
    [true, 'name', { like: '*' }],
    [false, 'name', { like: 'A*T' }],
    [false, 'name', { like: 'ada*' }],
    [true, 'name', { like: 'ada*', ignoreCase: true }],
    [false, 'name', { like: '???' }],
    [true, 'mail', { is: 'ada@example.com', ignoreCase: true }],
    [false, 'mail', { isNot: 'ada@example.com', ignoreCase: true }],
    [true, 'mail', { in: ['x', 'ada@example.COM'], ignoreCase: true }],
    [false, 'mail', { notIn: ['ada@example.COM'], ignoreCase: true }],
    [true, 'mail', { contains: 'example', ignoreCase: true }],
    [true, 'mail', { startsWith: 'ada', ignoreCase: true }],
    [true, 'mail', { is: 'ADA@Example.com', ignoreCase: false }],
    [true, 'tags', { like: 'f*t' }],
    [true, 'tags', { contains: 'early-bird', ignoreCase: true }],
    [false, 'tags', { contains: 'early' }],
    [false, 'tags', { notIn: ['fleet', 'x'] }],
    [true, 'tags', { notIn: ['x'] }],
    [false, 'tags', { isNot: 'fleet' }],
    [true, 'empty', { is: '' }],
    [true, 'empty', { exists: true }],
    [true, 'empty', { like: '*' }],
    [false, 'five', { is: 5 }],
    [true, 'five', { notIn: [5] }],
    [true, 'missing', { notIn: ['x'] }],
    [true, 'missing', { isNot: 'x' }],
    [false, 'missing', { like: '*' }],
    [false, 'missing', { endsWith: 'x' }],
  ])('%s: %s %j', (holds, attribute, operator) => {
    expect(judged({ attribute, ...operator }, { attributes }).holds).toBe(holds);
  });

  test.each<[boolean, string, string]>([
    [true, '👍', '?'],
    [false, '👍', '??'],
    [true, 'a👍b', 'a?b'],
    [true, 'aXbXc', 'a*b*c'],
    [false, 'ab', 'a*ab'],
    [true, 'aab', 'a*ab'],
    [true, 'abcabc', '*b?a*'],
    [false, 'abc', 'abc?'],
    [true, '', '*'],
    [true, 'a\nb', 'a?b'],
    [true, 'a.b', 'a.b'],
    [false, 'axb', 'a.b'],
  ])('%s: %j is like %j', (holds, value, like) => {
    expect(judged({ attribute: 'v', like }, { attributes: { v: value } }).holds).toBe(holds);
  });

  test('a long text and a pattern of many stars take no time', () => {
    const attributes = { v: 'a'.repeat(16_000) };
    const began = performance.now();
    expect(judged({ attribute: 'v', like: `${'*a'.repeat(400)}*b` }, { attributes }).holds).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('time', () => {
  const ms = (at: string, by: number) => new Date(Date.parse(at) + by).toISOString();
  const attributes = {
    day: '2026-10-23',
    at: '2026-10-23T12:00:00.000Z',
    soon: '2026-11-29T12:00:00+00:00',
    text: '2026-10-23 12:00:00',
    wrong: '2026-02-30',
    number: 5,
  };
  test.each<[boolean, string, object, string | undefined]>([
    [false, 'at', { before: '-P30D' }, ms(now, 1)],
    [false, 'at', { after: '-P30D' }, undefined],
    [true, 'at', { between: ['-P30D', 'P0D'] }, ms(now, 1)],
    [true, 'day', { before: '-P30D' }, undefined],
    [false, 'at', { between: ['-P60D', '-P30D'] }, ms(now, 1)],
    [false, 'soon', { before: 'P7D' }, ms(now, 1)],
    [true, 'soon', { after: 'P1D' }, '2026-11-28T12:00:00.000Z'],
    [true, 'at', { before: '2026-10-24' }, undefined],
    [false, 'day', { before: '2026-10-23' }, undefined],
    [false, 'day', { after: '2026-10-23T00:00:00Z' }, undefined],
    [true, 'day', { between: ['2026-10-23', '2026-10-24'] }, undefined],
    [false, 'day', { between: ['2026-10-22', '2026-10-23'] }, undefined],
    [false, 'text', { before: 'P0D' }, undefined],
    [false, 'wrong', { before: 'P0D' }, undefined],
    [false, 'number', { after: '2020-01-01' }, undefined],
    [false, 'missing', { before: 'P0D' }, undefined],
  ])('%s: %s %j until %s', (holds, attribute, operator, until) => {
    expect(judged({ attribute, ...operator }, { attributes })).toMatchObject(until ? { holds, until } : { holds });
    if (!until) expect(judged({ attribute, ...operator }, { attributes }).until).toBeUndefined();
  });

  const onDay = (value: string, timeZone: string | undefined, anniversary: object, at: string) =>
    judged({ attribute: 'v', anniversary }, { attributes: { v: value, timeZone }, now: at });
  test.each<[boolean, string, string | undefined, object, string]>([
    [true, '1990-11-24', undefined, { in: 'P2D' }, '2026-11-22T23:59:59.999Z'],
    [false, '1990-11-24', undefined, { in: 'P2D' }, '2026-11-23T00:00:00.000Z'],
    [true, '1990-11-22', undefined, { in: 'P0D' }, '2026-11-22T00:00:00.000Z'],
    [true, '1990-11-21', undefined, { ago: 'P1D' }, '2026-11-22T00:00:00.000Z'],
    // 22 November begins eight hours earlier in Singapore
    [true, '1990-11-22', 'Asia/Singapore', { in: 'P0D' }, '2026-11-21T16:00:00.000Z'],
    [false, '1990-11-22', 'Asia/Singapore', { in: 'P0D' }, '2026-11-22T16:00:00.000Z'],
    [true, '2020-11-21T20:00:00Z', 'Asia/Singapore', { in: 'P0D' }, '2026-11-21T16:00:00.000Z'],
    [true, '2000-02-29', undefined, { in: 'P0D' }, '2026-02-28T10:00:00.000Z'],
    [false, '2000-02-29', undefined, { in: 'P0D' }, '2026-03-01T10:00:00.000Z'],
    [true, '2000-02-29', undefined, { in: 'P0D' }, '2028-02-29T10:00:00.000Z'],
    [false, '2000-02-29', undefined, { in: 'P0D' }, '2028-02-28T10:00:00.000Z'],
    [true, '2000-02-28', undefined, { in: 'P0D' }, '2028-02-28T10:00:00.000Z'],
    [true, '2001-01-01', undefined, { in: 'P3D' }, '2026-12-29T10:00:00.000Z'],
    [true, '2001-12-31', undefined, { ago: 'P2D' }, '2027-01-02T10:00:00.000Z'],
    // the clocks are set back on 25 October 2026: the day has 25 hours
    [true, '1990-10-25', 'Europe/Berlin', { in: 'P0D' }, '2026-10-25T22:59:59.999Z'],
    [false, '1990-10-25', 'Europe/Berlin', { in: 'P0D' }, '2026-10-25T23:00:00.000Z'],
    [true, '1990-10-25', 'Mars/Olympus', { in: 'P0D' }, '2026-10-25T23:00:00.000Z'],
    [false, 'soon', undefined, { in: 'P0D' }, '2026-10-25T23:00:00.000Z'],
  ])('%s: %s in %s has its anniversary %j at %s', (holds, value, zone, anniversary, at) => {
    expect(onDay(value, zone, anniversary, at).holds).toBe(holds);
  });

  test('an anniversary ends with the day where the customer is, and the next one is known', () => {
    const today = onDay('1990-10-25', 'Europe/Berlin', { in: 'P0D' }, '2026-10-25T10:00:00.000Z');
    expect(today).toMatchObject({ holds: true, until: '2026-10-25T23:00:00.000Z' });
    const next = onDay('2000-02-29', undefined, { in: 'P7D' }, '2026-03-01T00:00:00.000Z');
    expect(next).toMatchObject({ holds: false, until: '2027-02-21T00:00:00.000Z' });
  });

  test('a value is held from its last change on', () => {
    const changedAt = () => '2026-11-08T12:00:00.001Z';
    const held = (at: string, attributes: object = { plan: 'gold' }) =>
      judged({ attribute: 'plan', held: { for: 'P14D' } }, { attributes: attributes as never, changedAt, now: at });
    expect(held(now)).toMatchObject({ holds: false, until: ms(now, 1) });
    expect(held(ms(now, 1)).holds).toBe(true);
    expect(held(ms(now, 1), {}).holds).toBe(false);
  });
});

describe('events', () => {
  const at = (day: number, data: object = {}, type = 'order.completed') => ({
    type,
    occurredAt: new Date(Date.parse(now) - day * 86_400_000).toISOString(),
    data,
  });
  const order = { event: 'order.completed' };
  const events = [
    at(1, { total: { amount: 500 }, coupon: 'X', sku: '5' }),
    at(10, { total: { amount: 90 }, sku: 5 }),
    at(30, { total: { amount: '90' }, sku: '5' }),
    at(45, { total: { amount: 10 } }),
    at(9, { type: 'complaint' }, 'case.opened'),
    at(10, { type: 'report' }, 'case.opened'),
  ];
  test.each<[boolean, object]>([
    [true, { ...order, within: 'P30D', count: { is: 3 } }],
    [true, { ...order, between: ['-P30D', '-P10D'], count: { is: 1 } }],
    [true, { ...order, between: ['-P45D', 'P0D'], count: { is: 4 } }],
    [true, { ...order, between: ['2026-10-01', '-P20D'], count: { is: 2 } }],
    [true, { ...order, count: { lte: 4 } }],
    [true, { event: 'case.closed', count: { lte: 1 } }],
    [true, { ...order, where: [{ coupon: ['X'] }, { total: { amount: [500] } }] }],
    [false, { ...order, where: [{ coupon: ['X'] }, { total: { amount: [90] } }] }],
    [true, { ...order, sum: { of: 'total.amount', is: 600 } }],
    [true, { ...order, avg: { of: 'total.amount', is: 200 } }],
    [true, { ...order, min: { of: 'total.amount', is: 10 }, max: { of: 'total.amount', lte: 500 } }],
    [true, { ...order, distinct: { of: 'sku', is: 2 } }],
    [true, { ...order, within: 'PT1H', sum: { of: 'total.amount', lte: 0 } }],
    [false, { ...order, within: 'PT1H', max: { of: 'total.amount', lte: 0 } }],
    [false, { ...order, within: 'PT1H', avg: { of: 'total.amount', gte: 0 } }],
    [true, { ...order, latest: { where: { coupon: ['X'] } } }],
    [false, { ...order, between: ['-P60D', '-P5D'], latest: { where: { coupon: ['X'] } } }],
    [false, { ...order, within: 'PT1H', latest: { where: { coupon: ['X'] } } }],
    [true, { ...order, within: 'P20D', then: { event: 'case.opened', within: 'P1D' } }],
    [false, { ...order, within: 'P5D', then: { event: 'case.opened' } }],
    [false, { ...order, between: ['-P11D', 'P0D'], then: { event: 'case.opened', where: { type: ['report'] } } }],
    [true, { ...order, then: { event: 'case.opened', where: { type: ['report'] } }, count: { is: 2 } }],
    [true, { ...order, then: { event: 'case.opened', within: 'PT23H' }, count: { is: 0 } }],
    [true, { ...order, regular: { periods: 4, of: 'P15D', inAtLeast: 3 } }],
    [false, { ...order, regular: { periods: 4, of: 'P15D', inAtLeast: 4 } }],
    [true, { ...order, regular: { periods: 2, of: 'P15D', inAtLeast: 1 }, count: { gte: 2 } }],
    [false, { ...order, regular: { periods: 2, of: 'P15D', inAtLeast: 2 }, count: { gte: 2 } }],
  ])('%s: %j', (holds, condition) => {
    expect(judged(condition, { events }).holds).toBe(holds);
  });

  test('it holds until the oldest event that is needed leaves the window', () => {
    const until = (condition: object) => judged(condition, { events }).until;
    expect(until({ ...order, within: 'P30D' })).toBe('2026-12-21T12:00:00.001Z');
    expect(until({ ...order, within: 'P30D', count: { gte: 2 } })).toBe('2026-12-12T12:00:00.001Z');
    expect(until({ ...order, between: ['-P60D', '-P30D'], count: { gte: 2 } })).toBe('2026-11-22T12:00:00.001Z');
    expect(until({ ...order, count: { gte: 1 } })).toBeUndefined();
    expect(until({ ...order, regular: { periods: 4, of: 'P15D', inAtLeast: 3 } })).toBe('2026-12-07T12:00:00.000Z');
  });
});

describe('records, employer, lists, messages, samples', () => {
  const message = (state: string, data: object) => ({ type: `message.${state}`, occurredAt: now, data });
  const facts: Partial<Facts> = {
    attributes: { id: 'cus_1' },
    records: {
      case: [
        { status: 'new', priority: 'high', openedAt: '2026-11-20T12:00:00Z' },
        { status: 'closed', priority: 'high' },
      ],
    },
    lists: ['list_1'],
    consents: [{ channel: 'email', topic: 'news', status: 'granted', expiresAt: '2026-11-23T00:00:00.000Z' }],
    employer: { facts: { attributes: { name: 'Acme' } }, until: '2027-01-01T00:00:00.000Z' },
    events: [
      message('sent', { campaignId: 'cmp_1' }),
      message('clicked', { campaignId: 'cmp_1' }),
      message('opened', { campaignId: 'cmp_2', machine: true }),
    ],
  };
  test.each<[boolean, object]>([
    [true, { record: 'case' }],
    [true, { record: 'case', where: { attribute: 'priority', is: 'high' }, count: { gte: 2 } }],
    [false, { record: 'case', where: { all: [{ attribute: 'status', is: 'new' }] }, count: { gte: 2 } }],
    [false, { record: 'order' }],
    [true, { record: 'order', count: { is: 0 } }],
    [true, { list: 'list_1' }],
    [false, { list: 'list_2' }],
    [true, { organisation: { attribute: 'name', is: 'Acme' } }],
    [false, { organisation: { attribute: 'name', isNot: 'Acme' } }],
    [true, { consent: { channel: 'email', topic: 'news', status: 'granted' } }],
    [false, { consent: { channel: 'email', topic: 'news', status: 'withdrawn' } }],
    [true, { message: { campaignId: 'cmp_1', state: 'sent' } }],
    [true, { message: { campaignId: 'cmp_1', state: 'opened' } }],
    [false, { message: { campaignId: 'cmp_2', state: 'opened' } }],
    [false, { message: { campaignId: 'cmp_1', state: 'bounced' } }],
    [true, { sample: { percent: 100, salt: 'a' } }],
    [false, { sample: { percent: 0, salt: 'a' } }],
    [true, { all: [] }],
    [false, { any: [] }],
    [false, { not: { all: [] } }],
  ])('%s: %j', (holds, condition) => {
    expect(judged(condition, facts).holds).toBe(holds);
  });

  test('without an employer nothing holds of it', () => {
    expect(judged({ organisation: { attribute: 'name', exists: false } }).holds).toBe(false);
  });

  test('each knows when time may change it', () => {
    const until = (condition: object) => judged(condition, facts).until;
    expect(until({ record: 'case', where: { attribute: 'openedAt', after: '-P7D' } })).toBe('2026-11-27T12:00:00.000Z');
    expect(until({ organisation: { attribute: 'name', is: 'Acme' } })).toBe('2027-01-01T00:00:00.000Z');
    expect(until({ consent: { channel: 'email', topic: 'news' } })).toBe('2026-11-23T00:00:00.000Z');
    expect(until({ message: { campaignId: 'cmp_1', state: 'sent', within: 'P1D' } })).toBe('2026-11-23T12:00:00.001Z');
    expect(until({ sample: { percent: 50, salt: 'a' } })).toBeUndefined();
  });

  test('a larger sample of one salt contains the smaller; samples of two salts are independent', () => {
    const ids = Array.from({ length: 4000 }, (_, nth) => `cus_${nth}`);
    const inSample = (id: string, percent: number, salt: string) =>
      judged({ sample: { percent, salt } }, { attributes: { id } }).holds;
    const small = ids.filter(id => inSample(id, 12.5, 'a'));
    expect(small.every(id => inSample(id, 20, 'a'))).toBe(true);
    expect(small.length).toBeGreaterThan(400);
    expect(small.length).toBeLessThan(600);
    const both = small.filter(id => inSample(id, 50, 'b')).length;
    expect(both / small.length).toBeGreaterThan(0.4);
    expect(both / small.length).toBeLessThan(0.6);
    expect(sampleOf('a', 'cus_1')).toBe(sampleOf('a', 'cus_1'));
  });
});

describe('what can never work is refused', () => {
  test.each<[object, string]>([
    [{ attribute: 'a', held: { for: 'P1D' }, is: 5 }, ': must compare the attribute with exactly one of'],
    [{ attribute: 'a', ignoreCase: true }, ': must compare the attribute with exactly one of'],
    [{ attribute: 'a', gt: 'x', ignoreCase: true }, 'ignoreCase: does not belong with gt'],
    [{ attribute: 'a', is: 5, ignoreCase: true }, 'ignoreCase: does not belong with is'],
    [{ attribute: 'a', before: '5 days' }, 'before: must be an instant, a date, or a duration'],
    [{ attribute: 'a', before: '2026-02-30' }, 'before: must be an instant, a date, or a duration'],
    [{ attribute: 'a', between: ['-P30D', '-P60D'] }, 'between: begins with the far edge'],
    [{ attribute: 'a', between: ['2026-01-01', '2026-01-01'] }, 'between: begins with the far edge'],
    [{ attribute: 'a', anniversary: {} }, 'anniversary: must be either in or ago'],
    [{ attribute: 'a', anniversary: { in: 'P1D', ago: 'P1D' } }, 'anniversary: must be either in or ago'],
    [{ attribute: 'a', anniversary: { in: 'PT5H' } }, 'anniversary.in: must be whole days'],
    [{ event: 'x', between: ['-P30D', '-P60D'] }, 'between: begins with the far edge'],
    [{ event: 'x', between: ['-P60D', '-P30D'], within: 'P1D' }, 'between: does not belong with within'],
    [{ event: 'x', regular: { periods: 3, of: 'P1D', inAtLeast: 4 } }, 'regular.inAtLeast: must not be more'],
    [{ event: 'x', regular: { periods: 3, of: 'P1D', inAtLeast: 3 }, within: 'P1D' }, 'within: does not belong'],
    [{ event: 'x', sum: { of: 'a' } }, 'sum: must have a bound'],
    [{ event: 'x', where: [] }, 'where: has no patterns'],
    [{ event: 'x', where: [{ a: [1] }, { a: 1 }] }, 'where.1.a: '],
    [{ event: 'x', then: { event: 'y', where: { a: 1 } } }, 'then.where.a: '],
    [{ record: 'case', where: { segment: 'seg_1' } }, 'where: must compare attributes of the record'],
    [{ record: 'case', where: { not: { attribute: 'a', held: { for: 'P1D' } } } }, 'where.not: must compare'],
    [{ record: 'case', within: 'P1D' }, 'within: does not belong with record'],
    [{ organisation: { all: [{ organisation: { attribute: 'a', is: 1 } }] } }, 'organisation.all.0.organisation: '],
    [{ message: { state: 'queued' } }, 'message.state: '],
    [{ sample: { percent: 101, salt: 'x' } }, 'sample.percent: '],
  ])('%j', (condition, fault) => {
    expect(faults(condition)).toEqual([expect.stringMatching(new RegExp(`^${fault.replaceAll('.', '\\.')}`))]);
  });
});
