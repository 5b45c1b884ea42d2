import { taskOverdue } from '../../events/activity.ts';
import { consume } from '../shared/events/consume.ts';
import { eventOf } from '../shared/store/changes.ts';
import { activities, isOpenTask } from './activity.ts';
import { subscriptions } from './contract.ts';

/** A timer is never cancelled: it does nothing if its task was closed or postponed. */
export const reaction = consume('actOnDue', subscriptions.actOnDue, async ({ about, data: { dueAt } }, { store }) => {
  const task = await store.get(activities, { id: about });
  if (!task || !isOpenTask(task) || task.dueAt !== dueAt) return;
  await store.commit([eventOf(taskOverdue, task)]);
});
