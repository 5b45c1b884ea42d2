import type { Handler } from '../../shared/http/contract.ts';
import { schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';

export const readImportSchedule: Handler<typeof scheduleRoutes.readImportSchedule> = (
  { params: { id = '' } },
  { store },
) => store.need(schedules, { id });
