import * as z from 'zod';
import { agentChanged, calendarChanged, queueChanged, slaPolicyChanged } from '../../../events/agent.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { handlers } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { eventOf, update, updated } from '../../shared/store/changes.ts';
import { listShared } from '../../shared/store/record-page.ts';
import { changeById, putRecord, readById, removeById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { type Agent, agents } from './agent.ts';
import { calendars } from './business-calendar.ts';
import { deskRoutes } from './desk-routes.ts';
import { AgentId, Key } from './fields.ts';
import { queues } from './queue.ts';
import { type SlaPolicy, slaPolicies } from './sla-policy.ts';

const keyOf = ({ id, userId }: Record<string, string>) =>
  userId === undefined ? parse(z.object({ id: Key }), { id }) : parse(z.object({ id: AgentId }), { id: userId });

const refuseUnknownCalendar = async (store: Store, id: string | undefined) => {
  if (id && !(await store.get(calendars, { id }))) {
    throw invalid([{ path: 'calendarId', message: `the calendar ${id} does not exist` }]);
  }
};

const slaPolicyEvent = (policy: SlaPolicy, removed: boolean) =>
  eventOf(slaPolicyChanged, policy, { slaPolicyId: policy.id, removed });

const agentEvent = (agent: Agent) => eventOf(agentChanged, agent, { agentId: agent.id });

export const deskHandlers = handlers(deskRoutes, {
  putAgent: async ({ params, body }, { now, store }) => {
    const key = keyOf(params);
    await refuseUnknownCalendar(store, body.calendarId);
    const fields = ({ status = 'available', load = 0, lastAssignedAt = null }: Partial<Agent> = {}) => ({
      ...key,
      ...body,
      status,
      load,
      lastAssignedAt,
    });
    return putRecord(agents, key, fields, { now, store, changes: agent => [agentEvent(agent)] });
  },
  readAgent: readById(agents),
  listAgents: listShared(agents),
  /** assigned cases stay assigned, whatever the status */
  setAgentStatus: changeById(agents, (before, { status }, { now }) => {
    if (before.status === status) return { after: before, changes: [] };
    const after = updated(now, before, { status });
    return { after, changes: [update(agents, before, after), agentEvent(after)] };
  }),
  putCalendar: ({ params, body }, { now, store }) => {
    const key = keyOf(params);
    const changes = (one: { id: string }) => [eventOf(calendarChanged, one, { calendarId: one.id })];
    return putRecord(calendars, key, { ...key, ...body }, { now, store, changes });
  },
  readCalendar: readById(calendars),
  listCalendars: listShared(calendars),
  putQueue: ({ params, body }, { now, store }) => {
    const key = keyOf(params);
    const changes = (one: { id: string }) => [eventOf(queueChanged, one, { queueId: one.id })];
    return putRecord(queues, key, { ...key, ...body }, { now, store, changes });
  },
  readQueue: readById(queues),
  listQueues: listShared(queues),
  putSlaPolicy: async ({ params, body }, { now, store }) => {
    const key = keyOf(params);
    await refuseUnknownCalendar(store, body.calendarId);
    return putRecord(
      slaPolicies,
      key,
      { ...key, ...body },
      { now, store, changes: one => [slaPolicyEvent(one, false)] },
    );
  },
  readSlaPolicy: readById(slaPolicies),
  listSlaPolicies: listShared(slaPolicies),
  removeSlaPolicy: removeById(slaPolicies, one => slaPolicyEvent(one, true)),
});
