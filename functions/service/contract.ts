import { agentChanged, businessHoursStarted, calendarChanged, queueChanged } from '../../events/agent.ts';
import {
  caseAssigned,
  caseClosed,
  caseOpened,
  caseQueued,
  caseReopened,
  caseResolved,
  caseResumed,
} from '../../events/case.ts';
import { contactIdentified } from '../../events/customer.ts';
import { retentionDue } from '../../events/retention.ts';
import { on, type Workflow } from '../shared/http/contract.ts';
import { caseRoutingDefinition } from './case-routing.asl.ts';
import { caseRoutes } from './cases/case-routes.ts';
import { deskRoutes } from './desk/desk-routes.ts';
import { myCaseRoutes } from './portal/my-case-routes.ts';

export const about = 'Cases and their routing; the agents, queues, calendars and promises behind it.';

export const routes = { ...caseRoutes, ...deskRoutes, ...myCaseRoutes };

export const subscriptions = {
  linkCustomer: on([contactIdentified], 'gives a case the customer that its writer turned out to be, and opens it'),
  discardCases: on([retentionDue], 'discards cases that were closed longer ago than the company keeps them'),
  pullWork: on(
    [
      caseQueued,
      caseAssigned,
      caseResolved,
      caseClosed,
      agentChanged,
      queueChanged,
      calendarChanged,
      businessHoursStarted,
    ],
    'gives the most pressing waiting case to a free agent who is able',
  ),
};

export const workflows: Record<string, Workflow> = {
  caseRouting: {
    starts: [caseOpened, caseReopened, caseResumed, caseResolved],
    summary: 'classifies, assigns and acknowledges a case, then watches what was promised until it is closed',
    definition: caseRoutingDefinition,
    uses: [],
  },
};
