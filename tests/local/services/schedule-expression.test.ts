import { expect, test } from 'vitest';
import { nextTime, parseSchedule } from '../../../local/scheduler/schedule-expression.ts';

const times = (expression: string, from: string, count: number, zone = 'UTC') => {
  const schedule = parseSchedule(expression, zone);
  const since = Date.parse(from);
  const found: string[] = [];
  for (let after = since; found.length < count; ) {
    const next = nextTime(schedule, after, since, zone);
    if (next === undefined) break;
    found.push(new Date(next).toISOString().slice(0, 16));
    after = next;
  }
  return found;
};

test.each([
  ['cron(0 8 1 * ? *)', ['2026-03-01T08:00', '2026-04-01T08:00']],
  ['cron(0/15 9-10 ? * MON-FRI *)', ['2026-02-25T09:00', '2026-02-25T09:15']],
  ['cron(0 10 L * ? *)', ['2026-02-28T10:00', '2026-03-31T10:00']],
  ['cron(0 10 LW * ? *)', ['2026-02-27T10:00', '2026-03-31T10:00']],
  ['cron(0 10 15W * ? *)', ['2026-03-16T10:00', '2026-04-15T10:00']],
  ['cron(0 10 ? * 6#3 *)', ['2026-03-20T10:00', '2026-04-17T10:00']],
  ['cron(0 10 ? * FRIL *)', ['2026-02-27T10:00', '2026-03-27T10:00']],
  ['cron(0 10 ? * FRI-SUN *)', ['2026-02-27T10:00', '2026-02-28T10:00']],
  ['cron(0 0 29 2 ? *)', ['2028-02-29T00:00', '2032-02-29T00:00']],
  ['cron(0 0 30 2 ? *)', []],
  ['cron(0 0 1 1 ? 2027)', ['2027-01-01T00:00']],
  ['rate(5 minutes)', ['2026-02-24T12:05', '2026-02-24T12:10']],
  ['rate(1 day)', ['2026-02-25T12:00', '2026-02-26T12:00']],
  ['at(2027-01-01T00:00:00)', ['2027-01-01T00:00']],
  ['at(2025-01-01T00:00:00)', []],
])('%s comes when AWS says', (expression, expected) => {
  expect(times(expression, '2026-02-24T12:00:00Z', 2)).toEqual(expected);
});

test('a daily time keeps its wall clock over daylight saving', () => {
  const found = times('cron(30 9 * * ? *)', '2026-03-27T12:00:00Z', 3, 'Europe/Berlin');
  expect(found).toEqual(['2026-03-28T08:30', '2026-03-29T07:30', '2026-03-30T07:30']);
});

test('a time the spring change skips is skipped', () => {
  const found = times('cron(30 2 * * ? *)', '2026-03-27T12:00:00Z', 2, 'Europe/Berlin');
  expect(found).toEqual(['2026-03-28T01:30', '2026-03-30T00:30']);
});

test('a time the autumn change repeats comes once, and hours go on after it', () => {
  expect(times('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
    '2026-10-25T00:30',
    '2026-10-26T01:30',
  ]);
  const hourly = times('cron(0 * * * ? *)', '2026-10-24T22:30:00Z', 4, 'Europe/Berlin');
  expect(hourly).toEqual(['2026-10-24T23:00', '2026-10-25T00:00', '2026-10-25T02:00', '2026-10-25T03:00']);
});

test('a one-time schedule in a zone is that wall time, and after the gap when the wall time is skipped', () => {
  expect(times('at(2026-07-01T09:00:00)', '2026-03-01T00:00:00Z', 1, 'America/New_York')).toEqual(['2026-07-01T13:00']);
  expect(times('at(2026-03-08T02:30:00)', '2026-03-01T00:00:00Z', 1, 'America/New_York')).toEqual(['2026-03-08T07:30']);
});

test('an odd zone with a half-hour change works too', () => {
  expect(times('cron(15 2 * * ? *)', '2026-10-02T00:00:00Z', 3, 'Australia/Lord_Howe')).toEqual([
    '2026-10-02T15:45',
    '2026-10-04T15:15',
    '2026-10-05T15:15',
  ]);
});

test.each([
  'cron(0 8 1 * *)',
  'cron(0 8 * * * *)',
  'cron(0 8 ? * ? *)',
  'cron(60 8 ? * MON *)',
  'cron(0 8 ? * FOO *)',
  'cron(0 8 0 * ? *)',
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 days)',
  'rate(5 weeks)',
  'at(2026-13-01T00:00:00)',
  'at(tomorrow)',
  'every day',
])('%s is refused', expression => {
  expect(() => parseSchedule(expression)).toThrow();
});
