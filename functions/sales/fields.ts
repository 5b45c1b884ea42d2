import { HappenedAt, isAhead } from '../shared/events/as-of.ts';
import { foreignId, line } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Emitted } from '../shared/store/changes.ts';
import { dayMs } from '../shared/time/zone.ts';

export const Reason = line(500);

/** when something happened that is recorded later */
export const PastInstant = HappenedAt.optional().describe(
  'When it happened, if it is recorded later. The timeline shows it at that time; events older than two days start no trigger.',
);

/** the fields that only a new lead or opportunity takes */
export const openingFields = {
  externalId: foreignId(256).describe('The id of the record in another system; unique.').optional(),
  openedAt: PastInstant,
};

export const refuseFuture = (now: string, path: string, at: string) => {
  if (isAhead(now, at)) throw invalid([{ path, message: 'is in the future' }]);
};

/** whole days between two instants */
export const daysBetween = (from: string, to: string) =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / dayMs));

/** a lead, opportunity or order after a change, and the events of the change */
export type Changed<T> = { after: T; events: Emitted[] };
