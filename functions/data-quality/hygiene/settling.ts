import { taskCancelled, taskCompleted } from '../../../events/activity.ts';
import { dataIssueResolved } from '../../../events/hygiene.ts';
import { activities, isOpenTask } from '../../activities/activity.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, emit, eventOf, update, updated } from '../../shared/store/changes.ts';
import { type Doubt, doubts } from './doubt.ts';

type How = NonNullable<Doubt['how']>;

const outcomes: Record<How, string> = {
  verified: 'it was verified',
  changed: 'it was changed',
  passed: 'it is so no longer',
  task: '',
};

/** what closes the task that a doubt is asked by, where nobody has closed it by hand */
const closing = async ({ taskId }: Doubt, how: How, { now, store }: Ctx): Promise<Change[]> => {
  const task = taskId && how !== 'task' ? await store.get(activities, { id: taskId }) : undefined;
  if (!task || !isOpenTask(task)) return [];
  const done = how !== 'passed';
  const closed = updated(now, task, { state: done ? 'done' : 'cancelled', closedAt: now, outcome: outcomes[how] });
  const event = done ? taskCompleted : taskCancelled;
  return [update(activities, task, closed), eventOf(event, closed)];
};

/** what settles a doubt, with its task */
export const settling = async (doubt: Doubt, how: How, ctx: Ctx): Promise<Change[]> => {
  const { customerId, attribute, cause, rule } = doubt;
  const after: Doubt = { ...doubt, state: 'settled', settledAt: ctx.now, how, version: doubt.version + 1 };
  const data = { attribute, cause, how, ...(rule ? { rule } : {}) };
  return [
    update(doubts, doubt, after),
    ...(await closing(doubt, how, ctx)),
    emit(dataIssueResolved, { customerId, about: customerId, data }),
  ];
};
