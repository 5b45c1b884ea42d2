import { needCustomer } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { activityRoutes } from './activity-routes.ts';
import { newActivity } from './new-activity.ts';

export const recordActivity: Handler<typeof activityRoutes.recordActivity> = async ({ body }, ctx) => {
  const { id: customerId } = await needCustomer(ctx.store, body.customerId);
  const { activity, changes } = newActivity(ctx, { ...body, customerId });
  return ctx.store.commit(changes, activity);
};
