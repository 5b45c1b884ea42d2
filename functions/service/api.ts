import { serve } from '../shared/http/serve.ts';
import { assignCase } from './cases/assign-case.ts';
import { closeCase } from './cases/close-case.ts';
import { findCases } from './cases/find-cases.ts';
import { mergeCase } from './cases/merge-case.ts';
import { noteOnCase } from './cases/note-on-case.ts';
import { openCase } from './cases/open-case.ts';
import { rateCase } from './cases/rate-case.ts';
import { readCase } from './cases/read-case.ts';
import { readThread } from './cases/read-thread.ts';
import { reopenCase } from './cases/reopen-case.ts';
import { replyToCase } from './cases/reply-to-case.ts';
import { resolveCase } from './cases/resolve-case.ts';
import { showSatisfactionPage } from './cases/show-satisfaction-page.ts';
import { routes } from './contract.ts';
import { putAgent } from './desk/put-agent.ts';
import { putCalendar } from './desk/put-calendar.ts';
import { putQueue } from './desk/put-queue.ts';
import { putSlaPolicy } from './desk/put-sla-policy.ts';
import {
  listAgents,
  listCalendars,
  listQueues,
  listSlaPolicies,
  readAgent,
  readCalendar,
  readQueue,
  readSlaPolicy,
} from './desk/read-desk.ts';
import { removeSlaPolicy } from './desk/remove-sla-policy.ts';
import { setAgentStatus } from './desk/set-agent-status.ts';
import { listMyCases } from './portal/list-my-cases.ts';
import { openMyCase } from './portal/open-my-case.ts';
import { readMyCase } from './portal/read-my-case.ts';
import { readMyThread } from './portal/read-my-thread.ts';
import { replyToMyCase } from './portal/reply-to-my-case.ts';

export const handler = serve(routes, {
  openCase,
  findCases,
  readCase,
  readThread,
  replyToCase,
  noteOnCase,
  assignCase,
  resolveCase,
  reopenCase,
  closeCase,
  mergeCase,
  showSatisfactionPage,
  rateCase,
  putAgent,
  readAgent,
  listAgents,
  setAgentStatus,
  putCalendar,
  readCalendar,
  listCalendars,
  putQueue,
  readQueue,
  listQueues,
  putSlaPolicy,
  readSlaPolicy,
  listSlaPolicies,
  removeSlaPolicy,
  listMyCases,
  openMyCase,
  readMyCase,
  readMyThread,
  replyToMyCase,
});
