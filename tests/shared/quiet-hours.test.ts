import { expect, test } from 'vitest';
import { QuietHours, quietUntil } from '../../functions/shared/time/time-of-day.ts';

const night = { from: '21:00', to: '08:00' };
const at = (text: string | null) => (text === null ? null : new Date(text).toISOString());

test.each([
  ['in the evening', night, '2026-11-22T22:00:00+08:00', 'Asia/Singapore', '2026-11-23T08:00:00+08:00'],
  ['after midnight', night, '2026-11-23T03:00:00+08:00', 'Asia/Singapore', '2026-11-23T08:00:00+08:00'],
  ['by day', night, '2026-11-22T12:00:00+08:00', 'Asia/Singapore', null],
  ['at their beginning', night, '2026-11-22T21:00:00+08:00', 'Asia/Singapore', '2026-11-23T08:00:00+08:00'],
  ['at their end', night, '2026-11-23T08:00:00+08:00', 'Asia/Singapore', null],
  ['within a day', { from: '12:00', to: '14:00' }, '2026-11-22T13:00:00Z', 'UTC', '2026-11-22T14:00:00Z'],
  ['the night clocks go forward', night, '2026-03-29T00:30:00+01:00', 'Europe/Berlin', '2026-03-29T08:00:00+02:00'],
  ['the night clocks go back', night, '2026-10-25T00:30:00+02:00', 'Europe/Berlin', '2026-10-25T08:00:00+01:00'],
  [
    'ending in the hour that is skipped',
    { from: '21:00', to: '02:30' },
    '2026-03-29T01:00:00+01:00',
    'Europe/Berlin',
    '2026-03-29T03:00:00+02:00',
  ],
  ['ended before clocks went back', { from: '21:00', to: '02:30' }, '2026-10-25T02:15:00+01:00', 'Europe/Berlin', null],
  ['over a date Apia left out', night, '2011-12-29T22:00:00-10:00', 'Pacific/Apia', '2011-12-31T00:00:00+14:00'],
])('quiet hours %s', (_, hours, now, timeZone, until) => {
  expect(quietUntil(hours, now, timeZone)).toBe(at(until));
});

test('quiet hours are two different times of day', () => {
  expect(QuietHours.safeParse({ from: '21:00', to: '21:00' }).error?.issues[0]?.path).toEqual(['to']);
  expect(QuietHours.safeParse({ from: '9pm', to: '24:00' }).error?.issues.map(({ path }) => path[0])).toEqual([
    'from',
    'to',
  ]);
});
