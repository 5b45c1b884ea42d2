import * as z from 'zod';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Calendar } from '../../shared/time/calendar.ts';
import { Key } from './fields.ts';

export const BusinessCalendar = z.object({ id: Key, ...Calendar.shape, ...stamps });
export type BusinessCalendar = z.output<typeof BusinessCalendar>;

export const calendars = entity('calendar', BusinessCalendar, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['calendar', 'all'], part: id }),
});

/** The start of business hours that a timer is set for: one timer, however many cases wait. */
export const Opening = z.object({ id: Key, at: Instant, version: stamps.version });

export const openings = entity('opening', Opening, { onErase: 'not-personal' });
