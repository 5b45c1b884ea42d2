import { businessHoursStarted } from '../../../events/agent.ts';
import { type Change, insert, schedule, update } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import { openings } from '../desk/business-calendar.ts';
import type { Choice } from './choose-agent.ts';

/** what wakes the queues when the agents that a case waits for come on duty; one timer an opening */
export const openingTimer = async (store: Store, opening: Choice<unknown>['opening']): Promise<Change[]> => {
  if (!opening) return [];
  const { calendarId, at } = opening;
  const before = await store.get(openings, { id: calendarId });
  if (before?.at === at) return [];
  return [
    before
      ? update(openings, before, { ...before, at, version: before.version + 1 })
      : insert(openings, { id: calendarId, at, version: 1 }),
    schedule(at, businessHoursStarted, { about: calendarId, data: { calendarId } }),
  ];
};
