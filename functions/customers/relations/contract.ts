import { taskDue } from '../../../events/activity.ts';
import { assetDue } from '../../../events/asset.ts';
import { hear } from '../../shared/contract.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { activityRoutes } from './activities/activity-routes.ts';
import { assetRoutes } from './assets/asset-routes.ts';
import { relationshipRoutes } from './relationships/relationship-routes.ts';

export const about =
  'What a customer is connected with: other people and organisations, what it owns and needs, what was done and written for it.';

export const routes = { ...relationshipRoutes, ...accountRoutes, ...activityRoutes, ...assetRoutes };

export const hears = {
  actOnDue: hear([taskDue, assetDue], 'looks at what a timer was set for, and tells of what is due'),
};
