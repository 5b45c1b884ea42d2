import { contactUnidentified } from '../../events/customer.ts';
import { trackedAlias, trackedIdentify } from '../../events/tracked.ts';
import { on } from '../shared/http/contract.ts';
import { identityRoutes } from './identity-routes.ts';

export const about = 'Identities of trackers and contacts, and the customers they belong to.';

export const routes = identityRoutes;

export const subscriptions = {
  identifyCustomer: on(
    [trackedIdentify],
    'creates or updates the customer that a tracker identified, and links its identities',
  ),
  linkAlias: on([trackedAlias], 'links a previous anonymous id to the customer of a user id'),
  identifyContact: on([contactUnidentified], 'finds or creates the customer of a contact'),
};
