import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  addUnpaused,
  isOpen,
  nextTurns,
  type Pause,
  unpausedBetween,
} from '../../functions/shared/time/business-time.ts';
import { type Calendar, weekdays } from '../../functions/shared/time/calendar.ts';

type Line = {
  id: string;
  kind: string;
  calendar: Calendar | null;
  pauses?: Pause[];
  seconds: number;
} & Record<'start' | 'due' | 'from' | 'to' | 'at' | 'is', string> & { open: boolean };

const file = join(process.env.RAPPORT_DATASETS ?? '', 'sla-business-time.ndjson');
const isThere = Boolean(process.env.RAPPORT_DATASETS) && existsSync(file);
const lines: Line[] = isThere
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
  : [];

const iso = (instant: string) => new Date(instant).toISOString();

const always: Calendar = {
  timeZone: 'UTC',
  hours: Object.fromEntries(weekdays.map(day => [day, [['00:00', '24:00']]])),
};

const judged: Record<string, (line: Line & { calendar: Calendar }) => [found: unknown, expected: unknown]> = {
  due: ({ calendar, start, seconds, pauses = [], due }) => [
    addUnpaused(calendar, start, seconds * 1000, pauses),
    iso(due),
  ],
  elapsed: ({ calendar, from, to, pauses = [], seconds }) => [
    unpausedBetween(calendar, from, to, pauses) / 1000,
    seconds,
  ],
  open: ({ calendar, at, open }) => [isOpen(calendar, at), open],
  nextOpen: ({ calendar, at, is }) => [nextTurns(calendar, at).nextOpen, iso(is)],
  nextClose: ({ calendar, at, is }) => [nextTurns(calendar, at).nextClose, iso(is)],
};

test.skipIf(!isThere)('business time of other products: RAPPORT_DATASETS has sla-business-time.ndjson', () => {
  const known = lines.filter(({ kind }) => judged[kind]);
  const wrong = known.flatMap(line => {
    const [found, expected] = judged[line.kind]!({ ...line, calendar: line.calendar ?? always });
    return found === expected ? [] : [`${line.id}: ${found}, not ${expected}`];
  });
  expect(wrong).toEqual([]);
  expect(known.length).toBeGreaterThan(80);
});
