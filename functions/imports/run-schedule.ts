import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { nextTime, schedules } from './schedules/schedule.ts';
import { dueAt, runNow } from './schedules/schedule-run.ts';

/** Does nothing at a time that no longer counts, as the schedule was changed since. */
export const runSchedule: Reaction<typeof subscriptions.runSchedule> = async ({ about, data: { at } }, reaction) => {
  const before = await reaction.store.get(schedules, { id: about });
  if (before?.nextRunAt !== at) return;
  const ctx = reaction.as(reaction.tenant, before.by);
  const { after, changes } = await runNow(before, ctx, { nextRunAt: nextTime(ctx.now, before.firstRunAt, before) });
  await ctx.store.commit([...changes, ...dueAt(after)]);
};

export const reaction = consume('runSchedule', subscriptions.runSchedule, runSchedule);
