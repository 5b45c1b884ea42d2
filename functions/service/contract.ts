import { caseRequested } from '../../events/action.ts';
import { agentChanged, businessHoursStarted, calendarChanged, queueChanged } from '../../events/agent.ts';
import {
  caseAssigned,
  caseChanged,
  caseClassified,
  caseClosed,
  caseCompensated,
  caseDue,
  caseEscalated,
  caseNoted,
  caseOpened,
  caseQueued,
  caseRated,
  caseReopened,
  caseReplied,
  caseResolved,
  caseResumed,
  caseSlaBreached,
  caseSlaWarning,
  caseSnoozed,
} from '../../events/case.ts';
import { contactIdentified } from '../../events/customer.ts';
import { retentionDue } from '../../events/retention.ts';
import { staffChanged, staffRemoved, teamChanged } from '../../events/staff.ts';
import { on, type Workflow } from '../shared/http/contract.ts';
import { caseClosingDefinition, caseRoutingDefinition } from './case-routing.asl.ts';
import { caseRoutes, myCaseRoutes, ratingRoutes } from './cases/case-routes.ts';
import { caseWorkRoutes } from './cases/case-work-routes.ts';
import { classRoutes } from './desk/class-routes.ts';
import { deskRoutes } from './desk/desk-routes.ts';
import { macroRoutes } from './desk/macro-routes.ts';
import { figureRoutes } from './figures/figure-routes.ts';

export const about = 'Cases, their classes and their routing; agents, queues, calendars and SLA policies.';

export const routes = {
  ...{ ...caseRoutes, ...caseWorkRoutes, ...ratingRoutes, ...myCaseRoutes },
  ...{ ...deskRoutes, ...classRoutes, ...macroRoutes, ...figureRoutes },
};

const workChanged = [caseQueued, caseAssigned, caseResolved, caseClosed, caseChanged];
const handled = [caseReplied, caseNoted, caseAssigned, caseQueued, caseResolved, caseReopened, caseClosed];
const deskChanged = [agentChanged, queueChanged, calendarChanged, staffChanged, teamChanged];

export const subscriptions = {
  linkCustomer: on([contactIdentified], 'links a case to its customer once the contact is identified, and opens it'),
  openRequestedCase: on([caseRequested], 'opens a case that a trigger or a journey requests'),
  discardCases: on([retentionDue], 'deletes cases that were closed before the retention period'),
  releaseCases: on(
    [agentChanged, staffRemoved],
    'routes the cases of an agent again who went away or left the company',
  ),
  pullWork: on(
    [...workChanged, ...deskChanged, businessHoursStarted],
    'gives the most urgent waiting case to a free agent with the skills',
  ),
  wakeCase: on(
    [caseDue, caseQueued],
    'does what a case waited for: it comes back, a scheduled reply goes out, it leaves a queue where it waited too long',
  ),
  notifyFollowers: on(
    [...handled, caseChanged, caseSnoozed, caseEscalated, caseSlaWarning, caseCompensated],
    'names who follows a case in an event when something happens to it',
  ),
  countCase: on(
    [
      ...[caseOpened, caseClassified, caseReplied, caseAssigned, caseQueued],
      ...[caseResolved, caseReopened, caseClosed, caseRated, caseSlaBreached],
    ],
    'counts what happens to cases, by day, agent, queue, channel and product',
  ),
};

export const workflows: Record<string, Workflow> = {
  caseRouting: {
    starts: [caseOpened, caseReopened, caseResumed],
    summary: 'classifies, assigns and acknowledges a case, then watches its SLA until it is resolved',
    definition: caseRoutingDefinition,
    uses: [],
  },
  caseClosing: {
    starts: [caseResolved],
    summary: 'closes a resolved case a week later, unless its customer objected',
    definition: caseClosingDefinition,
    uses: [],
  },
};
