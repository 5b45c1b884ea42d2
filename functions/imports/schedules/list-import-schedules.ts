import type { UseCase } from '../../shared/http/contract.ts';
import { schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';

export const listImportSchedules: UseCase<typeof scheduleRoutes.listImportSchedules> = ({ query }, { store }) =>
  store.list(schedules, 'all', 'all', query);
