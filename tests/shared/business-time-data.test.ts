import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noSla } from '../../functions/service/cases/case.ts';
import type { SlaPolicy } from '../../functions/service/desk/sla-policy.ts';
import { answered, dueTimes, retimed } from '../../functions/service/routing/sla.ts';
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
  policy: Pick<SlaPolicy, 'firstResponse' | 'resolution'>;
  created: string;
  steps: { at: string; do: string; sla: 'due' | 'breached' | 'paused' | null }[];
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

/** how the resolution clock stands after each step of a case */
const standings = ({ calendar: hours, policy: times, created, steps }: Line) => {
  const stamps = { version: 1, createdAt: created, updatedAt: created };
  const policy: SlaPolicy = { id: 'p', name: 'P', rank: 1, pauseIn: ['waiting'], ...times, ...stamps };
  const sla = dueTimes(noSla, policy, hours, created);
  let one = { status: 'assigned' as 'assigned' | 'waiting', sla, resolvedAt: null, createdAt: created };
  return steps.map(({ at, do: done }) => {
    const status = done === 'look' ? one.status : done.endsWith('wait') ? 'waiting' : 'assigned';
    const after = { ...one, status, sla: done.startsWith('reply') ? answered(one.sla, at) : one.sla } as typeof one;
    one = { ...after, sla: retimed(at, one, after, { policy, hours }) };
    return one.sla.pausedAt ? 'paused' : Date.parse(one.sla.resolutionDueAt!) > Date.parse(at) ? 'due' : 'breached';
  });
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
  status: line => {
    const found = standings(line);
    return [found.join(), line.steps.map(({ sla }, nth) => sla ?? found[nth]).join()];
  },
  open: ({ calendar, at, open }) => [isOpen(calendar, at), open],
  nextOpen: ({ calendar, at, is }) => [nextTurns(calendar, at).nextOpen, iso(is)],
  nextClose: ({ calendar, at, is }) => [nextTurns(calendar, at).nextClose, iso(is)],
};

test.skipIf(!isThere)('business time of other products: RAPPORT_DATASETS has sla-business-time.ndjson', () => {
  const wrong = lines.flatMap(line => {
    const [found, expected] = judged[line.kind]!({ ...line, calendar: line.calendar ?? always });
    return found === expected ? [] : [`${line.id}: ${found}, not ${expected}`];
  });
  expect(wrong).toEqual([]);
});
