import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  Duration,
  durationMs,
  FixedDuration,
  minus,
  parseDuration,
  plus,
  plusAtMost,
} from '../../functions/shared/time/duration.ts';

const hour = 3_600_000;

test('the parts of a duration', () => {
  const time = ((4 * 60 + 5) * 60 + 6) * 1000;
  expect(parseDuration('P1Y2M3DT4H5M6S')).toEqual({ years: 1, months: 2, weeks: 0, days: 3, ms: time });
  expect(parseDuration('-P2WT0.5S')).toEqual({ years: -0, months: -0, weeks: -2, days: -0, ms: -500 });
});

test.each([
  ['P2D', 48 * hour],
  ['PT4H', 4 * hour],
  ['P14D', 14 * 24 * hour],
  ['P1W', 7 * 24 * hour],
  ['PT90M', 1.5 * hour],
  ['PT1.25S', 1250],
  ['-PT1H', -hour],
  ['PT0S', 0],
])('%s lasts %i ms', (duration, ms) => expect(durationMs(duration)).toBe(ms));

test('a month has no length of its own', () => expect(() => durationMs('P1M')).toThrow(/P1M has no fixed length/));

const bad = [
  '',
  'P',
  'PT',
  'P1',
  '1D',
  'P1H',
  'PT1D',
  'P1DT',
  'P1.5D',
  'p1d',
  'P-1D',
  'P1D ',
  'PT1S1M',
  `P${'9'.repeat(30)}D`,
];
test.each(bad)('"%s" is no duration', text => {
  expect(() => parseDuration(text)).toThrow(RangeError);
  expect(Duration.safeParse(text).success).toBe(false);
});

describe('in a request', () => {
  test('the message says what one looks like', () => {
    expect(Duration.safeParse('2 days').error?.issues[0]?.message).toMatch(/ISO 8601 duration such as P2D/);
    expect(Duration.safeParse('-P1D').success).toBe(false);
    expect(Duration.safeParse('P101Y').success).toBe(false);
    expect(Duration.parse('P99Y')).toBe('P99Y');
    expect(Duration.parse('P1M')).toBe('P1M');
  });

  test('one of fixed length has no months', () => {
    expect(FixedDuration.parse('P1W')).toBe('P1W');
    expect(FixedDuration.safeParse('P1M').error?.issues).toHaveLength(1);
    expect(FixedDuration.safeParse('soon').error?.issues).toHaveLength(1);
  });

  test('it has a JSON Schema', () => expect(z.toJSONSchema(Duration)).toMatchObject({ type: 'string' }));
});

describe('later', () => {
  test.each([
    ['2026-01-31T10:00:00Z', 'P1M', 'UTC', '2026-02-28T10:00:00.000Z'],
    ['2028-02-29T10:00:00Z', 'P1Y', 'UTC', '2029-02-28T10:00:00.000Z'],
    ['2026-12-31T10:00:00Z', 'P2M', 'UTC', '2027-02-28T10:00:00.000Z'],
    ['2026-03-28T12:00:00+01:00', 'P1D', 'Europe/Berlin', '2026-03-29T10:00:00.000Z'],
    ['2026-03-28T12:00:00+01:00', 'PT24H', 'Europe/Berlin', '2026-03-29T11:00:00.000Z'],
    ['2026-03-28T02:30:00+01:00', 'P1D', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-24T02:30:00+02:00', 'P1D', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2011-12-29T12:00:00-10:00', 'P2D', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
    ['2026-01-01T00:00:00.123Z', 'P1Y2M3DT4H5M6S', 'UTC', '2027-03-04T04:05:06.123Z'],
  ])('%s and %s in %s is %s', (instant, duration, zone, expected) => {
    expect(plus(instant, duration, zone)).toBe(expected);
  });

  test('and back', () => {
    expect(minus('2026-03-31T10:00:00Z', 'P1M')).toBe('2026-02-28T10:00:00.000Z');
    expect(minus('2026-03-31T10:00:00Z', '-P1D')).toBe('2026-04-01T10:00:00.000Z');
  });

  test('what is no instant or no date is an error', () => {
    expect(() => plus('2026-03-31', 'P1D')).toThrow(/not an RFC 3339 instant/);
    expect(() => plus('2026-03-31T10:00:00Z', 'P9999Y')).toThrow(RangeError);
    expect(plusAtMost('2026-03-31T10:00:00Z', 'P9999Y')).toBe('9999-12-31T23:59:59.999Z');
    expect(plusAtMost('2026-03-31T10:00:00Z', 'P1D')).toBe('2026-04-01T10:00:00.000Z');
  });
});
