import { filesOf } from '../../shared/aws/files.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { inboxPath, schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';

export const uploadForSchedule: Handler<typeof scheduleRoutes.uploadForSchedule> = async (
  { params: { id = '' } },
  { tenant, store },
) => {
  await store.need(schedules, { id });
  return { uploadUrl: await filesOf(tenant).uploadUrl(inboxPath(id)) };
};
