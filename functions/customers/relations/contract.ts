import { taskDue } from '../../../events/activity.ts';
import { assetDue } from '../../../events/asset.ts';
import { documentRemoved } from '../../../events/document.ts';
import { invoiceDue } from '../../../events/invoice.ts';
import { hear, type Use } from '../../shared/contract.ts';
import { accountRoutes } from './accounts/account-routes.ts';
import { activityRoutes } from './activities/activity-routes.ts';
import { assetRoutes } from './assets/asset-routes.ts';
import { documentRoutes } from './documents/document-routes.ts';
import { invoiceRoutes } from './finance/invoice-routes.ts';
import { needRoutes } from './needs/need-routes.ts';
import { organisationRoutes } from './organisation/organisation-routes.ts';
import { promiseRoutes } from './promises/promise-routes.ts';
import { relationshipRoutes } from './relationships/relationship-routes.ts';

export const about =
  'What a customer is connected with: other people and organisations, what it owns and needs, what was done and written for it.';

export const routes = {
  ...relationshipRoutes,
  ...accountRoutes,
  ...activityRoutes,
  ...assetRoutes,
  ...documentRoutes,
  ...needRoutes,
  ...promiseRoutes,
  ...invoiceRoutes,
  ...organisationRoutes,
};

export const uses: Use[] = ['files'];

export const hears = {
  clearFiles: hear([documentRemoved], 'removes the files of a document that is no more', ['files']),
  actOnDue: hear([taskDue, assetDue, invoiceDue], 'looks at what a timer was set for, and tells of what is due'),
};
