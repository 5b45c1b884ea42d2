import type * as z from 'zod';
import { activityRecorded, taskDue } from '../../events/activity.ts';
import { newId } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, created, emit, insert, schedule } from '../shared/store/changes.ts';
import { type Activity, type ActivityFields, activities, isOpenTask, mustFitKind, told } from './activity.ts';

type Given = z.output<typeof ActivityFields> & Pick<Activity, 'customerId' | 'kind'>;
type Made = { activity: Activity; changes: Change[] };

/** what says that a task is due, when it has a time */
export const dueTimer = (task: Activity): Change[] =>
  isOpenTask(task) && task.dueAt
    ? [schedule(task.dueAt, taskDue, { customerId: task.customerId, about: task.id, data: { dueAt: task.dueAt } })]
    : [];

/** a new activity, and what records it */
export const newActivity = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>, given: Given): Made => {
  mustFitKind(given.kind, given);
  const isTask = given.kind === 'task';
  const activity: Activity = created(now, {
    ...given,
    id: newId('activity', now),
    ...(isTask ? { state: 'open' as const } : { occurredAt: given.occurredAt ?? now }),
    by: actor,
  });
  const { id: about, customerId } = activity;
  const changes = [
    insert(activities, activity),
    emit(activityRecorded, { customerId, about, data: told(activity) }),
    ...dueTimer(activity),
  ];
  return { activity, changes };
};

/** A task for a customer, and what sets it: to be committed with whatever it follows from. */
export const newTask = (ctx: Pick<Ctx, 'now' | 'actor'>, given: Omit<Given, 'kind' | 'occurredAt'>): Made =>
  newActivity(ctx, { ...given, kind: 'task' });
