import { contactUnidentified } from '../../events/customer.ts';
import { trackedAlias, trackedIdentify } from '../../events/tracked.ts';
import { on } from '../shared/http/contract.ts';

export const about = 'Who somebody is: identities of trackers and contacts, and the customers they belong to.';

export const subscriptions = {
  identifyCustomer: on(
    [trackedIdentify],
    'creates or updates the customer that a tracker identified, and links its identities',
  ),
  linkAlias: on([trackedAlias], 'links the id that somebody was tracked by before to the customer of their user id'),
  recogniseContact: on([contactUnidentified], 'finds or creates the customer behind somebody who got in touch'),
};
