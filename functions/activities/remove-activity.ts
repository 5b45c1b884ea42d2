import { activityRemoved } from '../../events/activity.ts';
import { Answer, type UseCase } from '../shared/http/contract.ts';
import { remove, say } from '../shared/store/changes.ts';
import { activities, told } from './activity.ts';
import type { activityRoutes } from './activity-routes.ts';
import { mayChange } from './may-change.ts';

export const removeActivity: UseCase<typeof activityRoutes.removeActivity> = async ({ params: { id = '' } }, ctx) => {
  const before = await mayChange(ctx, id);
  const { customerId } = before;
  const said = say(activityRemoved, { customerId, about: id, data: told(before) });
  return ctx.store.commit([remove(activities, before), said], new Answer(200, before));
};
