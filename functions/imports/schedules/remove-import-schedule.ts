import { importScheduleRemoved } from '../../../events/import.ts';
import { filesOf } from '../../shared/aws/files.ts';
import { type Handler, Reply } from '../../shared/http/contract.ts';
import { emit, remove } from '../../shared/store/changes.ts';
import { inboxPath, saidOf, schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';

export const removeImportSchedule: Handler<typeof scheduleRoutes.removeImportSchedule> = async (
  { params: { id = '' } },
  { tenant, store },
) => {
  const before = await store.need(schedules, { id });
  const said = emit(importScheduleRemoved, { about: id, data: saidOf(before) });
  const reply = await store.commit([remove(schedules, before), said], new Reply(200, before));
  await filesOf(tenant).remove(inboxPath(id));
  return reply;
};
