import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fits, freeSlots } from '../../functions/scheduling/free-time.ts';
import type { Calendar } from '../../functions/shared/time/calendar.ts';

const weekdays = (from: string, to: string, timeZone = 'Europe/Berlin'): Calendar => ({
  timeZone,
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map(day => [day, [[from, to]]])),
});

const length = (more: object = {}) => ({ durationMinutes: 60, bufferMinutes: { before: 0, after: 0 }, ...more });

const begins = (slots: { startsAt: string }[]) => slots.map(({ startsAt }) => startsAt.slice(5, 16));

test('slots are open hours less what is taken, with buffers around it', () => {
  const taken = [{ from: '2026-12-01T09:00:00.000Z', to: '2026-12-01T10:00:00.000Z' }];
  const bookable = [{ staffId: 'a', calendars: [weekdays('09:00', '13:00')], taken }];
  const day: [string, string] = ['2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z'];
  expect(begins(freeSlots(bookable, length(), day, 100))).toEqual(['12-01T08:00', '12-01T10:00', '12-01T11:00']);
  const buffered = length({ bufferMinutes: { before: 15, after: 0 } });
  expect(begins(freeSlots(bookable, buffered, day, 100))).toEqual(['12-01T08:00', '12-01T11:00']);
  const often = length({ everyMinutes: 30 });
  expect(begins(freeSlots(bookable, often, day, 2))).toEqual(['12-01T08:00', '12-01T10:00']);
});

test('a day on which the clocks change has its hours by the clock of the place', () => {
  const bookable = [{ staffId: 'a', calendars: [weekdays('09:00', '11:00', 'America/New_York')], taken: [] }];
  const slots = freeSlots(bookable, length(), ['2027-03-12T00:00:00.000Z', '2027-03-16T00:00:00.000Z'], 100);
  expect(begins(slots)).toEqual(['03-12T14:00', '03-12T15:00', '03-15T13:00', '03-15T14:00']);
});

test('whoever has least to do comes first; hours of the type and of the person both count', () => {
  const taken = [{ from: '2026-12-01T08:00:00.000Z', to: '2026-12-01T09:00:00.000Z' }];
  const bookable = [
    { staffId: 'busy', calendars: [weekdays('09:00', '12:00')], taken },
    { staffId: 'idle', calendars: [weekdays('09:00', '12:00'), weekdays('10:00', '18:00')], taken: [] },
  ];
  const slots = freeSlots(bookable, length(), ['2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z'], 100);
  expect(slots.map(({ startsAt, staff }) => [startsAt.slice(11, 16), staff])).toEqual([
    ['09:00', ['idle', 'busy']],
    ['10:00', ['idle', 'busy']],
  ]);
});

const minute = 60_000;
const start = Date.parse('2026-12-01T00:00:00Z');
const at = (minutes: number) => new Date(start + minutes * minute).toISOString();

test('every slot fits, and what fits on the steps is a slot', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 2880 }), fc.integer({ min: 5, max: 300 }));
  const inputs = fc.record({
    taken: fc.array(span, { maxLength: 8 }),
    durationMinutes: fc.constantFrom(20, 45, 60),
    before: fc.constantFrom(0, 10),
    after: fc.constantFrom(0, 25),
  });
  fc.assert(
    fc.property(inputs, ({ taken, durationMinutes, before, after }) => {
      const times = taken.map(([from, minutes]) => ({ from: at(from), to: at(from + minutes) }));
      const bookable = { staffId: 'a', calendars: [weekdays('09:00', '17:00')], taken: times };
      const wanted = { durationMinutes, everyMinutes: 15, bufferMinutes: { before, after } };
      const found = new Set(freeSlots([bookable], wanted, [at(0), at(2880)], 1000).map(({ startsAt }) => startsAt));
      for (let step = 0; step < 2880; step += 15)
        expect(found.has(at(step))).toBe(fits(bookable, wanted, at(step)).isFree);
    }),
    { numRuns: 60 },
  );
});
