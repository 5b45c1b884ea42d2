import { activityRemoved } from '../../events/activity.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { emit, remove } from '../shared/store/changes.ts';
import { activities, told } from './activity.ts';
import type { activityRoutes } from './activity-routes.ts';
import { mayChange } from './may-change.ts';

export const removeActivity: Handler<typeof activityRoutes.removeActivity> = async ({ params: { id = '' } }, ctx) => {
  const before = await mayChange(ctx, id);
  const { customerId } = before;
  const said = emit(activityRemoved, { customerId, about: id, data: told(before) });
  return ctx.store.commit([remove(activities, before), said], new Reply(200, before));
};
