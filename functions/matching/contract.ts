import { customerCreated, customerUpdated } from '../../events/customer.ts';
import { duplicateConfirmed } from '../../events/duplicate.ts';
import { customerMerged, customerRestored, customerUnmerged } from '../../events/merge.ts';
import { on } from '../shared/http/contract.ts';
import { duplicateRoutes } from './duplicate-routes.ts';

export const about = 'Two records of one customer: found, judged, merged, and taken apart again.';

export const routes = { ...duplicateRoutes };

export const subscriptions = {
  keepDuplicates: on(
    [customerCreated, customerUpdated, customerMerged, customerUnmerged, customerRestored],
    'finds other records of a customer that is new or says something else of who it is, and closes what is none any more',
  ),
  mergeDuplicates: on(
    [duplicateConfirmed],
    'merges two records that are as good as certain to be of one customer, where the settings allow it and nothing contradicts',
  ),
};
