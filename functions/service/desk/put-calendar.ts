import { calendarChanged } from '../../../events/agent.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { calendars } from './business-calendar.ts';
import { putRecord } from './put-record.ts';

/** Instants that were promised by the hours of before stay promised. */
export const putCalendar: Handler<typeof routes.putCalendar> = ({ params: { id = '' }, body }, { now, store }) => {
  const told = (about: string) => emit(calendarChanged, { about, data: { calendarId: about } });
  return putRecord(calendars, { id, ...body }, { now, store, told });
};
