import type { Handler } from '../../shared/http/contract.ts';
import { schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';

export const listImportSchedules: Handler<typeof scheduleRoutes.listImportSchedules> = ({ query }, { store }) =>
  store.list(schedules, 'all', 'all', query);
