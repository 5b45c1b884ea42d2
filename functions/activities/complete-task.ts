import { taskCompleted } from '../../events/activity.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { activityRoutes } from './activity-routes.ts';
import { closeTask } from './close-task.ts';

export const completeTask: Handler<typeof activityRoutes.completeTask> = (
  { params: { id = '' }, body: { outcome } },
  ctx,
) => closeTask(ctx, id, { event: taskCompleted, state: 'done', outcome });
