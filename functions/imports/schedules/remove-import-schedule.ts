import { importScheduleRemoved } from '../../../events/import.ts';
import { filesOf } from '../../shared/aws/files.ts';
import { Answer, type UseCase } from '../../shared/http/contract.ts';
import { remove, say } from '../../shared/store/changes.ts';
import { inboxPath, saidOf, schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';

export const removeImportSchedule: UseCase<typeof scheduleRoutes.removeImportSchedule> = async (
  { params: { id = '' } },
  { tenant, store },
) => {
  const before = await store.need(schedules, { id });
  const said = say(importScheduleRemoved, { about: id, data: saidOf(before) });
  const reply = await store.commit([remove(schedules, before), said], new Answer(200, before));
  await filesOf(tenant).remove(inboxPath(id));
  return reply;
};
