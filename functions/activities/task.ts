import type * as z from 'zod';
import { activityRecorded, taskDue } from '../../events/activity.ts';
import { newId } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, created, eventOf, insert, schedule } from '../shared/store/changes.ts';
import { type Activity, type ActivityFields, activities, isOpenTask, mustFitKind } from './activity.ts';

type Fields = z.output<typeof ActivityFields> & Pick<Activity, 'customerId' | 'kind'>;

/** the timer of an open task that has a due time */
export const dueTimer = (task: Activity): Change[] =>
  isOpenTask(task) && task.dueAt
    ? [schedule(task.dueAt, taskDue, { customerId: task.customerId, about: task.id, data: { dueAt: task.dueAt } })]
    : [];

export const newActivity = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>, fields: Fields) => {
  mustFitKind(fields.kind, fields);
  const activity: Activity = created(now, {
    ...fields,
    id: newId('activity', now),
    ...(fields.kind === 'task' ? { state: 'open' as const } : { occurredAt: fields.occurredAt ?? now }),
    by: actor,
  });
  const changes = [insert(activities, activity), eventOf(activityRecorded, activity), ...dueTimer(activity)];
  return { activity, changes };
};

/** A task for a customer, with the changes that create it: the caller commits them with its own. */
export const newTask = (ctx: Pick<Ctx, 'now' | 'actor'>, fields: Omit<Fields, 'kind' | 'occurredAt'>) =>
  newActivity(ctx, { ...fields, kind: 'task' });
