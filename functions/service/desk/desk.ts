import * as z from 'zod';
import { agentChanged, calendarChanged, queueChanged, slaPolicyChanged } from '../../../events/agent.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { handlers } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { emit, eventOf, remove, update, updated } from '../../shared/store/changes.ts';
import { type Entity, revive } from '../../shared/store/entity.ts';
import { putRecord } from '../../shared/store/records.ts';
import type { Paging, Store } from '../../shared/store/store.ts';
import { type Agent, agents } from './agent.ts';
import { calendars } from './business-calendar.ts';
import { deskRoutes } from './desk-routes.ts';
import { AgentId, Key } from './fields.ts';
import { queues } from './queue.ts';
import { slaPolicies } from './sla-policy.ts';

type Params = Record<string, string>;

const list =
  <T>(entity: Entity<T, { id: string }>) =>
  async ({ query }: { query: Paging }, { store }: { store: Store }) => {
    const { items, nextCursor } = await store.range([entity.kind, 'all'], { ...query, upwards: true });
    return { items: items.map(item => revive(entity, item)), nextCursor };
  };

const read =
  <T>(entity: Entity<T, { id: string }>) =>
  ({ params: { id = '', userId = id } }: { params: Params }, { store }: { store: Store }) =>
    store.need(entity, { id: userId });

const keyOf = ({ id, userId }: Params) =>
  userId === undefined ? parse(z.object({ id: Key }), { id }) : parse(z.object({ id: AgentId }), { id: userId });

const refuseUnknownCalendar = async (store: Store, id: string | undefined) => {
  if (id && !(await store.get(calendars, { id }))) {
    throw invalid([{ path: 'calendarId', message: `the calendar ${id} does not exist` }]);
  }
};

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
  readAgent: read(agents),
  listAgents: list(agents),
  /** assigned cases stay assigned, whatever the status */
  setAgentStatus: async ({ params: { userId = '' }, body: { status } }, { now, store }) => {
    const before = await store.need(agents, { id: userId });
    if (before.status === status) return before;
    const after = updated(now, before, { status });
    return store.commit([update(agents, before, after), agentEvent(after)], after);
  },
  putCalendar: ({ params, body }, { now, store }) => {
    const key = keyOf(params);
    const changes = () => [emit(calendarChanged, { about: key.id, data: { calendarId: key.id } })];
    return putRecord(calendars, key, { ...key, ...body }, { now, store, changes });
  },
  readCalendar: read(calendars),
  listCalendars: list(calendars),
  putQueue: ({ params, body }, { now, store }) => {
    const key = keyOf(params);
    const changes = () => [emit(queueChanged, { about: key.id, data: { queueId: key.id } })];
    return putRecord(queues, key, { ...key, ...body }, { now, store, changes });
  },
  readQueue: read(queues),
  listQueues: list(queues),
  putSlaPolicy: async ({ params, body }, { now, store }) => {
    const key = keyOf(params);
    await refuseUnknownCalendar(store, body.calendarId);
    const changes = () => [emit(slaPolicyChanged, { about: key.id, data: { slaPolicyId: key.id, removed: false } })];
    return putRecord(slaPolicies, key, { ...key, ...body }, { now, store, changes });
  },
  readSlaPolicy: read(slaPolicies),
  listSlaPolicies: list(slaPolicies),
  removeSlaPolicy: async ({ params: { id = '' } }, { store }) => {
    const before = await store.need(slaPolicies, { id });
    const event = emit(slaPolicyChanged, { about: id, data: { slaPolicyId: id, removed: true } });
    return store.commit([remove(slaPolicies, before), event], { id });
  },
});
