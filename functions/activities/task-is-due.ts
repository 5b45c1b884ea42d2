import { type taskDue, taskOverdue } from '../../events/activity.ts';
import type { DataOf } from '../../events/define.ts';
import type { Ctx } from '../shared/http/context.ts';
import { emit } from '../shared/store/changes.ts';
import { activities, isOpenTask, told } from './activity.ts';

/** tells of a task that is open at the time it was due; one that has another time by now has another timer */
export const taskIsDue = async (id: string, { dueAt }: DataOf<typeof taskDue>, { store }: Ctx) => {
  const task = await store.get(activities, { id });
  if (!task || !isOpenTask(task) || task.dueAt !== dueAt) return;
  await store.commit([emit(taskOverdue, { customerId: task.customerId, about: id, data: told(task) })]);
};
