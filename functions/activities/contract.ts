import { taskDue } from '../../events/activity.ts';
import { documentRemoved } from '../../events/document.ts';
import { on, type Use } from '../shared/http/contract.ts';
import { activityRoutes } from './activity-routes.ts';
import { promiseRoutes } from './commitments/promise-routes.ts';
import { documentRoutes } from './documents/document-routes.ts';
import { needRoutes } from './needs/need-routes.ts';

export const about = 'What was done, promised, needed and written for a customer.';

export const routes = { ...activityRoutes, ...documentRoutes, ...needRoutes, ...promiseRoutes };

export const uses: Use[] = ['files'];

export const subscriptions = {
  clearFiles: on([documentRemoved], 'removes the files of a document that is no more', ['files']),
  actOnDue: on([taskDue], 'looks at a task whose time has come'),
};
