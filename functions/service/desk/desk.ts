import * as z from 'zod';
import { agentChanged, calendarChanged, queueChanged, slaPolicyChanged } from '../../../events/agent.ts';
import { checkCondition } from '../../customer-facts/check-condition.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { eventOf, update, updated } from '../../shared/store/changes.ts';
import { listShared } from '../../shared/store/record-page.ts';
import { changeById, putById, putRecord, readById, removeById } from '../../shared/store/records.ts';
import { type Agent, agents } from './agent.ts';
import { calendars } from './business-calendar.ts';
import { CaseFacts } from './case-facts.ts';
import { deskRoutes } from './desk-routes.ts';
import { AgentId, Key } from './fields.ts';
import { queues } from './queue.ts';
import { type SlaPolicy, slaPolicies } from './sla-policy.ts';

const refuseUnknownCalendar = async (
  { calendarId: id }: { calendarId?: string | undefined },
  { store }: Ctx,
): Promise<void> => {
  if (id && !(await store.get(calendars, { id }))) {
    throw invalid([{ path: 'calendarId', message: `the calendar ${id} does not exist` }]);
  }
};

const slaPolicyEvent = (policy: SlaPolicy, removed: boolean) =>
  eventOf(slaPolicyChanged, policy, { slaPolicyId: policy.id, removed });

const agentEvent = (agent: Agent) => eventOf(agentChanged, agent, { agentId: agent.id });

export const deskHandlers = handlers(deskRoutes, {
  putAgent: async ({ params, body }, ctx) => {
    const key = parse(z.object({ id: AgentId }), { id: params.userId });
    await refuseUnknownCalendar(body, ctx);
    const fields = ({ status = 'available', load = 0, lastAssignedAt = null }: Partial<Agent> = {}) => ({
      ...key,
      ...body,
      status,
      load,
      lastAssignedAt,
    });
    return putRecord(agents, key, fields, { ...ctx, changes: agent => [agentEvent(agent)] });
  },
  readAgent: readById(agents),
  listAgents: listShared(agents),
  /** assigned cases stay assigned, whatever the status */
  setAgentStatus: changeById(agents, (before, { status }, { now }) => {
    if (before.status === status) return { after: before, changes: [] };
    const after = updated(now, before, { status });
    return { after, changes: [update(agents, before, after), agentEvent(after)] };
  }),
  putCalendar: putById(calendars, Key, {
    changes: calendar => [eventOf(calendarChanged, calendar, { calendarId: calendar.id })],
  }),
  readCalendar: readById(calendars),
  listCalendars: listShared(calendars),
  putQueue: putById(queues, Key, {
    check: async ({ match }, ctx) => {
      await checkCondition(match, 'match', ctx, CaseFacts);
      return undefined;
    },
    changes: queue => [eventOf(queueChanged, queue, { queueId: queue.id })],
  }),
  readQueue: readById(queues),
  listQueues: listShared(queues),
  putSlaPolicy: putById(slaPolicies, Key, {
    check: async (given, ctx) => {
      await refuseUnknownCalendar(given, ctx);
      await checkCondition(given.match, 'match', ctx, CaseFacts.extend({ queue: z.string() }));
      return undefined;
    },
    changes: policy => [slaPolicyEvent(policy, false)],
  }),
  readSlaPolicy: readById(slaPolicies),
  listSlaPolicies: listShared(slaPolicies),
  removeSlaPolicy: removeById(slaPolicies, one => slaPolicyEvent(one, true)),
});
