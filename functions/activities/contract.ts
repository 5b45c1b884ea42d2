import { activityRequested } from '../../events/action.ts';
import { taskDue } from '../../events/activity.ts';
import { documentRemoved } from '../../events/document.ts';
import { on, type Use } from '../shared/http/contract.ts';
import { activityRoutes } from './activity-routes.ts';
import { commitmentRoutes } from './commitment-routes.ts';
import { documentRoutes } from './document-routes.ts';
import { needRoutes } from './need-routes.ts';

export const about = 'Activities, tasks, needs, commitments and documents of customers.';

export const routes = { ...activityRoutes, ...documentRoutes, ...needRoutes, ...commitmentRoutes };

export const uses: Use[] = ['files'];

export const subscriptions = {
  clearFiles: on([documentRemoved], 'removes the files of a deleted document', ['files']),
  recordRequested: on([activityRequested], 'creates what a trigger or a journey wants done for a customer'),
  actOnDue: on([taskDue], 'marks a task as overdue that is still open at its due time'),
};
