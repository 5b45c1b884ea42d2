import type { UseCase } from '../../../shared/contract.ts';
import { needCustomer } from '../../reads.ts';
import type { activityRoutes } from './activity-routes.ts';
import { newActivity } from './new-activity.ts';

export const recordActivity: UseCase<typeof activityRoutes.recordActivity> = async ({ body }, ctx) => {
  const { id: customerId } = await needCustomer(ctx.store, body.customerId);
  const { activity, changes } = newActivity(ctx, { ...body, customerId });
  return ctx.store.commit(changes, activity);
};
