import { trackedGroup } from '../../events/tracked.ts';
import { on } from '../shared/http/contract.ts';
import { accountRoutes } from './account-routes.ts';
import { relationshipRoutes, relationshipTypeRoutes } from './relationship-routes.ts';

export const about = 'Relationships between customers, account hierarchies, and owners of customers.';

export const routes = { ...accountRoutes, ...relationshipRoutes, ...relationshipTypeRoutes };

export const subscriptions = {
  relateGroup: on(
    [trackedGroup],
    'relates a tracked person to the organisation that a group call names, and takes over its traits',
  ),
};
