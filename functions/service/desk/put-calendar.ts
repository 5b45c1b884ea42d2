import { calendarChanged } from '../../../events/agent.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { say } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { calendars } from './business-calendar.ts';
import { putRecord } from './put-record.ts';

/** Instants that were promised by the hours of before stay promised. */
export const putCalendar: UseCase<typeof routes.putCalendar> = ({ params: { id = '' }, body }, { now, store }) => {
  const told = (about: string) => say(calendarChanged, { about, data: { calendarId: about } });
  return putRecord(calendars, { id, ...body }, { now, store, told });
};
