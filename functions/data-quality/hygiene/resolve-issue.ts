import type * as z from 'zod';
import { taskCancelled, taskCompleted } from '../../../events/activity.ts';
import { dataIssueResolved, type IssueResolution } from '../../../events/hygiene.ts';
import { activities, isOpenTask } from '../../activities/activity.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, emit, eventOf, update, updated } from '../../shared/store/changes.ts';
import { type DataIssue, dataIssues } from './data-issue.ts';

export type Resolution = z.output<typeof IssueResolution>;

const outcomes = {
  verified: 'The value was verified.',
  changed: 'The value was changed.',
  outdated: 'The issue no longer exists.',
};

/** closes the task of an issue, unless it was closed by hand */
const closeTask = async ({ taskId }: DataIssue, resolution: Resolution, { now, store }: Ctx): Promise<Change[]> => {
  if (!taskId || resolution === 'task') return [];
  const task = await store.get(activities, { id: taskId });
  if (!task || !isOpenTask(task)) return [];
  const done = resolution !== 'outdated';
  const state = done ? 'done' : 'cancelled';
  const closed = updated(now, task, { state, closedAt: now, outcome: outcomes[resolution] });
  return [update(activities, task, closed), eventOf(done ? taskCompleted : taskCancelled, closed)];
};

export const resolveIssue = async (issue: DataIssue, resolution: Resolution, ctx: Ctx): Promise<Change[]> => {
  const { customerId, attribute, cause, rule } = issue;
  const after: DataIssue = {
    ...issue,
    state: 'resolved',
    resolvedAt: ctx.now,
    resolution,
    version: issue.version + 1,
  };
  const data = { attribute, cause, resolution, ...(rule ? { rule } : {}) };
  return [
    update(dataIssues, issue, after),
    ...(await closeTask(issue, resolution, ctx)),
    emit(dataIssueResolved, { customerId, about: customerId, data }),
  ];
};
