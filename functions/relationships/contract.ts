import { trackedGroup } from '../../events/tracked.ts';
import { on } from '../shared/http/contract.ts';
import { accountRoutes } from './account-routes.ts';
import { relationshipRoutes, relationshipTypeRoutes } from './relationship-routes.ts';

export const about = 'Relationships between customers, account hierarchies, and owners of customers.';

export const routes = { ...accountRoutes, ...relationshipRoutes, ...relationshipTypeRoutes };

export const subscriptions = {
  relateGroup: on(
    [trackedGroup],
    'creates or updates the organisation that a group call names, and relates the tracked person to it',
  ),
};
