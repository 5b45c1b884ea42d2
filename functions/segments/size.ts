import * as z from 'zod';
import { segmentDayEnded } from '../../events/segment.ts';
import { memberships } from '../customer-facts/membership.ts';
import { type Change, schedule } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { dayOf, midnightOf, plus } from '../shared/time/duration.ts';
import { SegmentId } from './segment.ts';

/** the members are counted where the size is asked for: no write of a member waits for a counter */
export const sizeOf = (store: Store, segmentId: string, most = Number.POSITIVE_INFINITY) =>
  store.count(memberships, 'segment', segmentId, most);

export const SegmentDay = z.object({
  day: z.iso.date(),
  size: z.int().describe('members at the end of the day, in UTC; of today: now'),
});

const StoredDay = SegmentDay.extend({ segmentId: SegmentId });

/** how many members a segment had at the end of a day */
export const segmentDays = entity('segment-day', StoredDay, {
  onErase: 'not-personal',
  key: ({ segmentId, day }: Pick<z.output<typeof StoredDay>, 'segmentId' | 'day'>) => ({
    of: ['segment', segmentId],
    part: `day#${day}`,
  }),
});

export const dayParts = { from: 'day#', to: 'day$' };

export const dayAfter = (day: string) => dayOf(plus(midnightOf(day), 'P1D'));

/** sets the timer for the end of the day of an instant */
export const measureAfter = (instant: string, schemeId: string): Change =>
  schedule(midnightOf(dayAfter(dayOf(instant))), segmentDayEnded, { about: schemeId, data: {} });
