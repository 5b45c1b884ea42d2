import { newId } from '../../../events/ids.ts';
import { importScheduleCreated } from '../../../events/import.ts';
import { filesOf } from '../../shared/aws/files.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { created, emit, insert } from '../../shared/store/changes.ts';
import { mustBeAllowed } from '../records/may-import.ts';
import { mustFit } from '../records/record-paths.ts';
import { dueAt } from './due-at.ts';
import { inboxPath, type StoredSchedule, saidOf, schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';
import { firstTime } from './times.ts';

export const createImportSchedule: Handler<typeof scheduleRoutes.createImportSchedule> = async ({ body }, ctx) => {
  const { tenant, now, actor, store } = ctx;
  mustBeAllowed(body.import.of, 'write', ctx);
  mustFit(body.import, 'import.');
  const id = newId('importSchedule', now);
  const firstRunAt = firstTime(now, body);
  const nextRunAt = body.state === 'active' ? firstRunAt : null;
  const schedule: StoredSchedule = created(now, { ...body, id, by: actor, firstRunAt, nextRunAt, lastRun: null });
  const uploadUrl = await filesOf(tenant).uploadUrl(inboxPath(id));
  const said = emit(importScheduleCreated, { about: id, data: saidOf(schedule) });
  return store.commit([insert(schedules, schedule), said, ...dueAt(schedule)], { ...schedule, uploadUrl });
};
