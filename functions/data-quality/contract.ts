import { taskCancelled, taskCompleted } from '../../events/activity.ts';
import { customerUpdated } from '../../events/customer.ts';
import { messageBounced, messageFailed } from '../../events/message.ts';
import { customerVerified } from '../../events/provenance.ts';
import { on, work } from '../shared/http/contract.ts';
import { hygieneRoutes } from './hygiene/hygiene-routes.ts';
import { qualityRoutes } from './quality-routes.ts';

export const about = 'The quality of customer records: scores, reports, rules that find data to be verified, cleaning.';

export const routes = { ...qualityRoutes, ...hygieneRoutes };

export const subscriptions = {
  openAddressIssue: on(
    [messageBounced, messageFailed],
    'opens a data issue for the address or number that a message could not be delivered to',
  ),
  resolveIssues: on(
    [customerUpdated, customerVerified, taskCancelled, taskCompleted],
    'resolves data issues of a customer when its values are verified or changed',
  ),
};

export const works = {
  hygiene: work('applies hygiene rules'),
  'quality-report': work('reports on data quality'),
};
