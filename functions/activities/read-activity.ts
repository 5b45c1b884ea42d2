import type { Handler } from '../shared/http/contract.ts';
import { activities } from './activity.ts';
import type { activityRoutes } from './activity-routes.ts';

export const readActivity: Handler<typeof activityRoutes.readActivity> = ({ params: { id = '' } }, { store }) =>
  store.need(activities, { id });
