import { importScheduleChanged } from '../../../events/import.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import { mustBeAllowed } from '../records/may-import.ts';
import { mustFit } from '../records/record-paths.ts';
import { dueAt } from './due-at.ts';
import { ScheduleFields, type StoredSchedule, saidOf, schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';
import { firstTime, nextTime } from './times.ts';

const fieldsOf = ({ name, import: imported, every, at, timeZone, state }: StoredSchedule) => ({
  name,
  import: imported,
  every,
  at,
  timeZone,
  state,
});

/** other times are counted from now; else they stay as they are, and what was missed while paused is not made up for */
const timesOf = (now: string, before: StoredSchedule, fields: ScheduleFields) => {
  const same = (['every', 'at', 'timeZone'] as const).every(name => fields[name] === before[name]);
  const firstRunAt = same ? before.firstRunAt : firstTime(now, fields);
  return { firstRunAt, nextRunAt: fields.state === 'active' ? nextTime(now, firstRunAt, fields) : null };
};

export const changeImportSchedule: Handler<typeof scheduleRoutes.changeImportSchedule> = async (
  { params: { id = '' }, body },
  ctx,
) => {
  const { now, store } = ctx;
  const { at, ...rest } = body;
  const before = await store.need(schedules, { id });
  const given = { ...fieldsOf(before), ...rest, ...(at === undefined ? {} : { at: at ?? undefined }) };
  const fields = parse(ScheduleFields, JSON.parse(JSON.stringify(given)));
  mustBeAllowed(fields.import.of, 'write', ctx);
  mustFit(fields.import, 'import.');
  const { at: _, ...kept } = before;
  const after: StoredSchedule = { ...updated(now, kept, {}), ...fields, ...timesOf(now, before, fields) };
  const data = { ...saidOf(after), state: after.state };
  const timer = after.nextRunAt === before.nextRunAt ? [] : dueAt(after);
  return store.commit(
    [update(schedules, before, after), emit(importScheduleChanged, { about: id, data }), ...timer],
    after,
  );
};
