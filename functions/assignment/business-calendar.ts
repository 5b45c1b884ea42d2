import * as z from 'zod';
import { businessHoursStarted } from '../../events/agent.ts';
import { Key } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { type Change, save, schedule } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { Calendar } from '../shared/time/calendar.ts';
import type { Opening } from './assign.ts';

export const BusinessCalendar = z.object({ id: Key, ...Calendar.shape, ...stamps });
export type BusinessCalendar = z.output<typeof BusinessCalendar>;

export const calendars = entity('calendar', BusinessCalendar, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['calendar', 'all'], part: id }),
});

/** The start of business hours that a timer is set for: one timer, however many cases wait. */
const StoredOpening = z.object({ id: Key, at: Instant, version: stamps.version });

export const openings = entity('opening', StoredOpening, { onErase: 'not-personal' });

/** the timer that resumes assignment when the hours of an agent begin; one per start of hours */
export const openingTimer = async (store: Store, opening: Opening | null): Promise<Change[]> => {
  if (!opening) return [];
  const { calendarId: id, at } = opening;
  const before = await store.get(openings, { id });
  if (before?.at === at) return [];
  const after = { id, at, version: (before?.version ?? 0) + 1 };
  return [save(openings, before, after), schedule(at, businessHoursStarted, { about: id, data: { calendarId: id } })];
};

export const refuseUnknownCalendar = async (
  { calendarId: id }: { calendarId?: string | undefined },
  { store }: { store: Store },
): Promise<void> => {
  if (id && !(await store.get(calendars, { id }))) {
    throw invalid([{ path: 'calendarId', message: `the calendar ${id} does not exist` }]);
  }
};
