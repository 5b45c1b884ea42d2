import type { taskCancelled, taskCompleted } from '../../events/activity.ts';
import type { Ctx } from '../shared/http/context.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { type Activity, activities, told } from './activity.ts';
import { needOpenTask } from './may-change.ts';

type Closing = {
  event: typeof taskCancelled | typeof taskCompleted;
  state: 'done' | 'cancelled';
  outcome?: string | undefined;
};

export const closeTask = async (ctx: Ctx, id: string, { event, state, outcome }: Closing): Promise<Activity> => {
  const { now, store } = ctx;
  const before = await needOpenTask(ctx, id);
  const task = updated(now, before, { state, closedAt: now, ...(outcome ? { outcome } : {}) });
  const { customerId } = task;
  return store.commit(
    [update(activities, before, task), emit(event, { customerId, about: id, data: told(task) })],
    task,
  );
};
