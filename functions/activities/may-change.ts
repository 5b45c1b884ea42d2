import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Activity, activities } from './activity.ts';

/** An activity that the caller may change: a note is its author's, or of who administers settings. */
export const mayChange = async ({ actor, scopes, store }: Ctx, id: string): Promise<Activity> => {
  const activity = await store.need(activities, { id });
  if (activity.kind === 'note' && activity.by !== actor && !scopes.has('settings.admin')) {
    throw new ApiError('forbidden', 'note.not-yours', 'only its author changes a note');
  }
  return activity;
};

/** a task that is still to be done */
export const needOpenTask = async ({ store }: Ctx, id: string): Promise<Activity> => {
  const task = await store.need(activities, { id });
  if (task.kind !== 'task') throw new ApiError('conflict', 'activity.not-a-task', `this is a ${task.kind}, not a task`);
  if (task.state !== 'open') throw new ApiError('conflict', 'task.closed', `this task is ${task.state} already`);
  return task;
};
