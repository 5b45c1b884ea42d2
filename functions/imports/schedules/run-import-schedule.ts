import type { Handler } from '../../shared/http/contract.ts';
import { runNow } from './run-now.ts';
import { schedules } from './schedule.ts';
import type { scheduleRoutes } from './schedule-routes.ts';

export const runImportSchedule: Handler<typeof scheduleRoutes.runImportSchedule> = async (
  { params: { id = '' } },
  ctx,
) => {
  const before = await ctx.store.need(schedules, { id });
  const { after, changes } = await runNow(before, ctx);
  return ctx.store.commit(changes, after);
};
