import { addressChanged } from '../../events/customer.ts';
import { on } from '../shared/http/contract.ts';
import { accessRoutes, meRoutes, proposalRoutes, settingsRoutes } from './portal-routes.ts';

export const about =
  'Sign-in of customers, their own records, their change requests, and notices of changed addresses.';

export const routes = { ...accessRoutes, ...meRoutes, ...proposalRoutes, ...settingsRoutes };

export const subscriptions = {
  notifyOldAddress: on([addressChanged], 'notifies the address that a customer had that it was changed'),
};
