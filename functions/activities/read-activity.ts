import type { UseCase } from '../shared/http/contract.ts';
import { activities } from './activity.ts';
import type { activityRoutes } from './activity-routes.ts';

export const readActivity: UseCase<typeof activityRoutes.readActivity> = ({ params: { id = '' } }, { store }) =>
  store.need(activities, { id });
