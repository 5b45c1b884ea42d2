import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addBusinessTime,
  addUnpaused,
  businessTimeBetween,
  isOpen,
  nextOpening,
  nextTurns,
  unpausedBetween,
} from '../../functions/shared/time/business-time.ts';
import { Calendar } from '../../functions/shared/time/calendar.ts';

type Windows = [string, string][];
const on = (days: string, windows: Windows) => Object.fromEntries(days.split(' ').map(day => [day, windows]));
const calendar = (timeZone: string, days: string, windows: Windows, more: Partial<Calendar> = {}): Calendar => ({
  timeZone,
  hours: on(days, windows),
  ...more,
});
const week = 'mon tue wed thu fri';
const office = calendar('UTC', week, [['09:00', '17:00']]);
const split = calendar('UTC', 'mon', [
  ['07:00', '12:00'],
  ['13:00', '18:00'],
]);
const mondays = calendar('UTC', 'mon', [['00:00', '24:00']]);
const at = (text: string) => new Date(text).toISOString();
const hour = 3_600_000;

describe('business time added', () => {
  test.each<[string, Calendar, string, string | number, string]>([
    ['within a day', office, '1991-11-15T14:00:42Z', 'PT2H', '1991-11-15T16:00:42Z'],
    ['taken back over a weekend', office, '1991-11-18T14:00:42Z', '-PT7H', '1991-11-15T15:00:42Z'],
    ['over a weekend', office, '1991-11-15T16:30:42Z', 'PT45M', '1991-11-18T09:15:42Z'],
    ['over closing time', office, '1991-11-15T16:59:42Z', 120_000, '1991-11-18T09:01:42Z'],
    ['from before opening, over lunch', split, '2014-04-07T05:00:00Z', 'PT6H', '2014-04-07T14:00:00Z'],
    ['open all day, over midnight', mondays, '2014-04-07T23:59:30Z', 'PT60S', '2014-04-14T00:00:30Z'],
    [
      'on a day with fewer hours than its weekday',
      calendar('UTC', 'thu fri', [['08:00', '18:00']], { exceptions: { '2019-12-27': [['08:00', '17:00']] } }),
      '2019-12-27T16:00:00Z',
      'PT2H',
      '2020-01-02T09:00:00Z',
    ],
    [
      'over a holiday, in New York',
      calendar('America/New_York', week, [['09:00', '17:00']], { holidays: ['2010-07-05'] }),
      '2010-07-02T16:50:00-04:00',
      'PT1H',
      '2010-07-06T09:50:00-04:00',
    ],
    [
      'over a date that Apia left out',
      calendar('Pacific/Apia', week, [['09:00', '17:00']]),
      '2011-12-29T16:30:00-10:00',
      'PT1H',
      '2012-01-02T09:30:00+14:00',
    ],
    ['to the very moment of closing', office, '1991-11-15T14:00:00Z', 'PT3H', '1991-11-15T17:00:00Z'],
    ['back to the very moment of opening', office, '1991-11-15T14:00:00Z', '-PT5H', '1991-11-15T09:00:00Z'],
    ['none, from the weekend', office, '1991-11-16T14:00:00Z', 0, '1991-11-18T09:00:00Z'],
    ['days are days of business', office, '1991-11-15T14:00:00Z', 'P2D', '1991-11-19T14:00:00Z'],
    ['days from the weekend count from Monday morning', office, '1991-11-16T14:00:00Z', 'P1D', '1991-11-19T09:00:00Z'],
    ['days and hours', office, '1991-11-14T16:00:00Z', 'P1DT2H', '1991-11-18T10:00:00Z'],
    ['days taken back', office, '1991-11-18T14:00:00Z', '-P1D', '1991-11-15T14:00:00Z'],
    ['a month moves the date', office, '1991-11-16T14:00:00Z', 'P1M', '1991-12-16T14:00:00Z'],
    [
      'a holiday beats an exception',
      { ...office, holidays: ['1991-11-18'], exceptions: { '1991-11-18': [['10:00', '12:00']] } },
      '1991-11-15T16:00:00Z',
      'PT2H',
      '1991-11-19T10:00:00Z',
    ],
    [
      'over a holiday of every year',
      { ...office, yearly: ['11-18'] },
      '1991-11-15T16:00:00Z',
      'PT2H',
      '1991-11-19T10:00:00Z',
    ],
    [
      'a day of business after a shift over midnight',
      calendar('UTC', 'mon wed', [['22:00', '06:00']]),
      '2026-11-24T02:00:00Z',
      'P1D',
      '2026-11-26T02:00:00Z',
    ],
  ])('%s', (_, calendar, from, time, expected) => {
    expect(addBusinessTime(calendar, from, time)).toBe(at(expected));
  });

  test('a calendar that never gives so much time is an error, not a loop', () => {
    expect(() => addBusinessTime(office, '2026-01-01T00:00:00Z', 1e15)).toThrow(RangeError);
    expect(() => addBusinessTime(office, '2026-01-01T00:00:00Z', 'P999999999D')).toThrow(RangeError);
    expect(() => addBusinessTime({ ...office, hours: {} }, '2026-01-01T00:00:00Z', 'PT1H')).toThrow(RangeError);
    expect(() => addBusinessTime(office, 'yesterday', 'PT1H')).toThrow(/yesterday is not an RFC 3339 instant/);
  });
});

describe('opening and closing', () => {
  const mayDay = { ...office, holidays: ['2014-05-01'] };
  test.each<[string, Calendar, string, string, string]>([
    ['on a holiday', mayDay, '2014-05-01T12:00:00Z', '2014-05-02T09:00:00Z', '2014-04-30T17:00:00Z'],
    ['exactly at closing', office, '1991-11-18T17:00:00Z', '1991-11-19T09:00:00Z', '1991-11-18T17:00:00Z'],
    ['exactly at opening', office, '1991-11-19T09:00:00Z', '1991-11-19T09:00:00Z', '1991-11-18T17:00:00Z'],
    ['while open', office, '1991-11-19T10:00:00Z', '1991-11-19T10:00:00Z', '1991-11-19T10:00:00Z'],
  ])('%s', (_, calendar, instant, next, previous) => {
    expect(nextOpening(calendar, instant)).toBe(at(next));
    expect(addBusinessTime(calendar, instant, '-PT0S')).toBe(at(previous));
    expect(isOpen(calendar, instant)).toBe(at(instant) === at(next));
  });

  test('on the day clocks go forward in Paris', () => {
    const paris = calendar('Europe/Paris', 'sun', [['09:00', '17:00']]);
    expect(nextOpening(paris, '2020-03-29T00:00:00+01:00')).toBe(at('2020-03-29T09:00:00+02:00'));
    expect(addBusinessTime(paris, '2020-03-29T00:00:00+01:00', 'PT8H')).toBe(at('2020-03-29T17:00:00+02:00'));
  });

  test('a night shift is one span over midnight', () => {
    const nights = calendar('UTC', 'mon', [['22:00', '24:00']]);
    const shift = { ...nights, hours: { ...nights.hours, tue: [['00:00', '06:00']] as Windows } };
    expect(addBusinessTime(shift, '2026-11-23T12:00:00Z', 'PT8H')).toBe(at('2026-11-24T06:00:00Z'));
    expect(isOpen(shift, '2026-11-24T00:00:00Z')).toBe(true);
  });
});

describe('business time between', () => {
  test.each<[string, Calendar, string, string, number]>([
    ['the weekend', office, '2014-04-11T20:00:00Z', '2014-04-14T05:00:00Z', 0],
    ['over lunch', split, '2014-04-07T11:59:00Z', '2014-04-07T13:01:00Z', 2 / 60],
    ['over a week', split, '2014-04-07T11:00:00Z', '2014-04-14T13:00:00Z', 11],
    ['two years of Mondays', mondays, '2014-04-06T00:00:00Z', '2016-04-06T00:00:00Z', 24 * 105],
    [
      'a day in Paris whose night lost an hour',
      calendar('Europe/Paris', 'sun', [['08:00', '21:00']]),
      '2020-03-29T01:00:00Z',
      '2020-03-30T00:00:00Z',
      13,
    ],
    [
      'a day in Paris whose night gained an hour',
      calendar('Europe/Paris', 'sun', [['08:00', '21:00']]),
      '2019-10-27T01:00:00Z',
      '2019-10-28T00:00:00Z',
      13,
    ],
  ])('%s', (_, calendar, a, b, hours) => {
    expect(businessTimeBetween(calendar, a, b)).toBe(hours * hour);
    expect(businessTimeBetween(calendar, b, a)).toBe(hours ? -hours * hour : -0);
  });
});

describe('a window over a change of the clocks has its true length', () => {
  const allDay = (timeZone: string) => calendar(timeZone, 'sat sun mon tue wed thu fri', [['00:00', '24:00']]);
  // local noon to local noon; a wall clock would say 24 hours each time
  test.each([
    ['America/New_York', '2026-03-07T12:00:00-05:00', '2026-03-08T12:00:00-04:00', 23],
    ['America/New_York', '2026-10-31T12:00:00-04:00', '2026-11-01T12:00:00-05:00', 25],
    ['Europe/Berlin', '2026-03-28T12:00:00+01:00', '2026-03-29T12:00:00+02:00', 23],
    ['Europe/Berlin', '2026-10-24T12:00:00+02:00', '2026-10-25T12:00:00+01:00', 25],
    ['Australia/Lord_Howe', '2026-04-04T12:00:00+11:00', '2026-04-05T12:00:00+10:30', 24.5],
    ['Australia/Lord_Howe', '2026-10-03T12:00:00+10:30', '2026-10-04T12:00:00+11:00', 23.5],
    ['Pacific/Apia', '2011-12-29T12:00:00-10:00', '2011-12-31T12:00:00+14:00', 24],
    ['Asia/Kathmandu', '2026-03-28T12:00:00+05:45', '2026-03-29T12:00:00+05:45', 24],
    ['Pacific/Chatham', '2026-04-04T12:00:00+13:45', '2026-04-05T12:00:00+12:45', 25],
    ['Antarctica/Troll', '2026-03-28T12:00:00+00:00', '2026-03-29T12:00:00+02:00', 22],
    ['Africa/Casablanca', '2026-02-14T12:00:00+01:00', '2026-02-15T12:00:00+00:00', 25],
    ['America/Sao_Paulo', '2026-10-17T12:00:00-03:00', '2026-10-18T12:00:00-03:00', 24],
    ['Asia/Tehran', '2026-03-21T12:00:00+03:30', '2026-03-22T12:00:00+03:30', 24],
  ])('%s from %s to %s', (timeZone, a, b, hours) => {
    expect(businessTimeBetween(allDay(timeZone), a, b)).toBe(hours * hour);
    expect(addBusinessTime(allDay(timeZone), a, hours * hour)).toBe(at(b));
    expect(addBusinessTime(allDay(timeZone), b, -hours * hour)).toBe(at(a));
  });

  const sundays = (from: string, to: string, timeZone = 'America/New_York') => calendar(timeZone, 'sun', [[from, to]]);
  test('a window that begins in the hour that is skipped begins with the first instant after it', () => {
    expect(nextOpening(sundays('02:30', '05:00'), '2026-03-08T00:00:00-05:00')).toBe(at('2026-03-08T03:00:00-04:00'));
    expect(businessTimeBetween(sundays('02:10', '02:50'), '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z')).toBe(0);
  });

  test('a time that clocks show twice is the first of the two', () => {
    expect(nextOpening(sundays('01:30', '05:00'), '2026-11-01T00:00:00-04:00')).toBe(at('2026-11-01T01:30:00-04:00'));
    const lordHowe = sundays('01:45', '05:00', 'Australia/Lord_Howe');
    expect(nextOpening(lordHowe, '2026-04-05T00:00:00+11:00')).toBe(at('2026-04-05T01:45:00+11:00'));
  });
});

test('adding and measuring agree, whatever the zone', () => {
  const zones = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Antarctica/Troll', 'Asia/Kathmandu'];
  for (const [z, timeZone] of zones.entries()) {
    const shop: Calendar = {
      timeZone,
      hours: {
        ...on(week, [
          ['08:30', '12:00'],
          ['13:15', '18:00'],
        ]),
        sun: [
          ['00:00', '04:00'],
          ['20:00', '24:00'],
        ],
      },
      holidays: ['2026-04-06', '2026-12-25'],
      exceptions: { '2026-12-24': [['09:00', '12:00']] },
    };
    for (let i = 0; i < 400; i++) {
      const from = new Date(Date.UTC(2026, 0, 1) + i * 79_200_000 + z * 1_000_003).toISOString();
      const time = 1 + ((i * 7_919_000_017) % (60 * hour));
      const due = addBusinessTime(shop, from, time);
      expect(businessTimeBetween(shop, from, due)).toBe(time);
      expect(addBusinessTime(shop, due, -time)).toBe(nextOpening(shop, from));
    }
  }
});

test('turns are strictly after an instant; windows that touch, also at midnight, are one', () => {
  const shop: Calendar = {
    timeZone: 'UTC',
    hours: {
      mon: [
        ['09:00', '12:00'],
        ['12:00', '24:00'],
      ],
      tue: [['00:00', '03:00']],
    },
  };
  const monday = { nextOpen: at('2026-11-30T09:00:00Z'), nextClose: at('2026-11-24T03:00:00Z') };
  expect(nextTurns(shop, '2026-11-23T09:00:00Z')).toEqual(monday);
  expect(nextTurns(shop, '2026-11-24T03:00:00Z')).toMatchObject({ nextClose: at('2026-12-01T03:00:00Z') });
  const always = calendar('UTC', `${week} sat sun`, [['00:00', '24:00']]);
  expect(nextTurns(always, '2026-11-23T09:00:00Z')).toEqual({ nextOpen: null, nextClose: null });
});

test('a time in pauses does not pass; what is due when a pause begins is due then', () => {
  const pauses: [string, string][] = [
    ['2026-11-23T10:00:00Z', '2026-11-23T12:00:00Z'],
    ['2026-11-23T11:00:00Z', '2026-11-23T13:00:00Z'],
  ];
  const start = '2026-11-23T09:00:00Z';
  expect(addUnpaused(office, start, 'PT1H', pauses)).toBe(at('2026-11-23T10:00:00Z'));
  expect(addUnpaused(office, start, 'PT5H', pauses)).toBe(at('2026-11-23T17:00:00Z'));
  expect(unpausedBetween(office, start, '2026-11-24T09:00:00Z', pauses)).toBe(5 * hour);
  expect(unpausedBetween(office, '2026-11-24T09:00:00Z', start, pauses)).toBe(-5 * hour);
});

describe('as the minutes of wall clocks say', () => {
  const minute = 60_000;
  const clocks = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kathmandu'];
  const shown = (halves: number) => `${String(halves >> 1).padStart(2, '0')}:${halves % 2 ? '30' : '00'}`;
  // no edge at an hour that clocks skip or repeat
  const edges = fc.uniqueArray(fc.integer({ min: 10, max: 44 }), { minLength: 4, maxLength: 4 });
  const day = fc.tuple(edges, fc.boolean()).map(([all, over]): Windows => {
    const [a, b, c, d] = all.sort((x, y) => x - y).map(shown) as [string, string, string, string];
    return over
      ? [
          [a, b],
          [c, '04:30'],
        ]
      : [
          [a, b],
          [c, d],
        ];
  });
  const shops = fc.record({
    timeZone: fc.constantFrom(...clocks),
    hours: fc.record({ mon: day, thu: day, sat: day, sun: day }),
    start: fc.constantFrom('2026-03-26', '2026-10-22', '2026-03-05', '2026-10-30', '2026-04-02', '2026-09-30'),
  });

  const isOpenAt = ({ timeZone, hours, yearly }: Calendar) => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
    const windowsOf = (date: Date) =>
      yearly?.includes(date.toISOString().slice(5, 10)) ? [] : (hours[names[date.getUTCDay()]!] ?? []);
    return (instant: number) => {
      const [date = '', time = ''] = format.format(instant).split(' ');
      const [today, before] = [new Date(date), new Date(Date.parse(date) - 24 * hour)];
      return (
        windowsOf(today).some(([from, to]) => from <= time && (time < to || to < from)) ||
        windowsOf(before).some(([from, to]) => to < from && time < to)
      );
    };
  };

  test('open time, due times and turns', () => {
    fc.assert(
      fc.property(shops, fc.nat(3000), fc.nat(1500), ({ start, ...shop }, from, minutes) => {
        const yearly = ['03-30'];
        expect(Calendar.safeParse({ ...shop, yearly }).success).toBe(true);
        const slow = isOpenAt({ ...shop, yearly });
        const first = Date.parse(start) + from * minute;
        const last = first + 7 * 24 * hour;
        let [open, due] = [0, 0];
        for (let now = first; now < last; now += minute) {
          if (!slow(now)) continue;
          open++;
          if (open === minutes) due = now + minute;
        }
        const [a, b] = [new Date(first).toISOString(), new Date(last).toISOString()];
        const quick = { ...shop, yearly };
        expect(businessTimeBetween(quick, a, b)).toBe(open * minute);
        expect(isOpen(quick, a)).toBe(slow(first));
        if (due) expect(addBusinessTime(quick, a, minutes * minute)).toBe(new Date(due).toISOString());
        const { nextOpen } = nextTurns(quick, a);
        const turn = Date.parse(nextOpen!);
        expect([slow(turn), slow(turn - minute)]).toEqual([true, false]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a calendar', () => {
  test.each<[object, string]>([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ hours: {} }, 'hours'],
    [{ hours: { mon: [['9:00', '17:00']] } }, 'hours.mon.0.0'],
    [{ hours: { mon: [['11:00', '11:00']] } }, 'hours.mon.0'],
    [{ hours: { mon: [['22:00', '06:00']], tue: [['05:30', '08:00']] } }, 'hours.mon'],
    [{ hours: { sun: [['22:00', '06:00']], mon: [['05:30', '08:00']] } }, 'hours.sun'],
    [{ exceptions: { '2026-11-24': [['17:00', '10:00']] } }, 'exceptions.2026-11-24'],
    [{ yearly: ['02-30'] }, 'yearly.0'],
    [
      {
        hours: {
          mon: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
      'hours.mon',
    ],
    [{ hours: { mon: [['00:00', '24:30']] } }, 'hours.mon.0.1'],
    [{ holidays: ['2026-02-30'] }, 'holidays.0'],
    [{ exceptions: { '24 Dec': [] } }, 'exceptions.24 Dec'],
  ])('%j is refused at %s', (wrong, path) => {
    const parsed = Calendar.safeParse({ ...office, ...wrong });
    expect(parsed.error?.issues.map(issue => issue.path.join('.'))).toEqual([path]);
  });

  test('as in the API', () => {
    expect(Calendar.parse({ timeZone: 'Asia/Singapore', hours: { mon: [['09:00', '24:00']] } })).toMatchObject({
      holidays: [],
    });
  });
});
