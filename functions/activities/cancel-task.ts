import { taskCancelled } from '../../events/activity.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { activityRoutes } from './activity-routes.ts';
import { closeTask } from './close-task.ts';

export const cancelTask: Handler<typeof activityRoutes.cancelTask> = (
  { params: { id = '' }, body: { reason: outcome } },
  ctx,
) => closeTask(ctx, id, { event: taskCancelled, state: 'cancelled', outcome });
