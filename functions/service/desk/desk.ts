import * as z from 'zod';
import { agentChanged, calendarChanged, queueChanged, slaPolicyChanged } from '../../../events/agent.ts';
import { checkCondition } from '../../customer-facts/check-condition.ts';
import { decideStaff } from '../../organisation/place-staff.ts';
import { teams } from '../../organisation/team.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, Reply } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { isSameJson } from '../../shared/json.ts';
import { created, eventOf, save, update, updated } from '../../shared/store/changes.ts';
import { listShared } from '../../shared/store/record-page.ts';
import { putById, readById, removeById } from '../../shared/store/records.ts';
import { agentOf, type Profile, profileOf, profiles } from './agent.ts';
import { calendars } from './business-calendar.ts';
import { answerTime } from './calendar-time.ts';
import { CaseFacts } from './case-facts.ts';
import { deskRoutes } from './desk-routes.ts';
import { AgentId, Key } from './fields.ts';
import { queues } from './queue.ts';
import { agentsOf, needAgent } from './read-desk.ts';
import { type SlaPolicy, slaPolicies } from './sla-policy.ts';
import { staffingFor } from './staffing.ts';

const refuseUnknownCalendar = async (
  { calendarId: id }: { calendarId?: string | undefined },
  { store }: Ctx,
): Promise<void> => {
  if (id && !(await store.get(calendars, { id }))) {
    throw invalid([{ path: 'calendarId', message: `the calendar ${id} does not exist` }]);
  }
};

const refuseUnknownTeam = async ({ team: id }: { team?: string | undefined }, { store }: Ctx): Promise<undefined> => {
  if (id && !(await store.get(teams, { id }))) throw invalid([{ path: 'team', message: `does not exist: ${id}` }]);
};

const slaPolicyEvent = (policy: SlaPolicy, removed: boolean) =>
  eventOf(slaPolicyChanged, policy, { slaPolicyId: policy.id, removed });

const agentEvent = (profile: Profile) => eventOf(agentChanged, profile, { agentId: profile.id });

const noWork = { status: 'available', load: 0, lastAssignedAt: null } as const;

export const deskHandlers = handlers(deskRoutes, {
  putAgent: async ({ params, body }, ctx) => {
    const { now, store } = ctx;
    const { id } = parse(z.object({ id: AgentId }), { id: params.userId });
    await refuseUnknownCalendar(body, ctx);
    const { capacity, calendarId, ...person } = body;
    const [before, member] = await Promise.all([store.get(profiles, { id }), decideStaff(store, id, person)]);
    const given = { capacity, calendarId };
    const unchanged = before && !member.changes.length && isSameJson(before, { ...before, ...given });
    if (unchanged) return agentOf(member.after, before);
    const after = before ? updated(now, before, given) : created(now, { id, ...given, ...noWork });
    const agent = agentOf(member.after, after);
    const changes = [save(profiles, before, after), ...member.changes, agentEvent(after)];
    return store.commit(changes, before ? agent : new Reply(201, agent));
  },
  readAgent: ({ params: { userId = '' } }, { store }) => needAgent(store, userId),
  listAgents: async (request, { store }) => {
    const { items, nextCursor } = await listShared(profiles)(request, { store });
    return { items: await agentsOf(store, items), nextCursor };
  },
  setAgentStatus: async ({ params: { userId = '' }, body: { status } }, { now, store }) => {
    const before = await needAgent(store, userId);
    if (before.status === status) return before;
    const after = updated(now, before, { status });
    return store.commit([update(profiles, profileOf(before), profileOf(after)), agentEvent(after)], after);
  },
  putCalendar: putById(calendars, Key, {
    changes: calendar => [eventOf(calendarChanged, calendar, { calendarId: calendar.id })],
  }),
  readCalendar: readById(calendars),
  readCalendarTime: async ({ params: { id = '' }, body }, { store }) =>
    answerTime(await store.need(calendars, { id }), body),
  listCalendars: listShared(calendars),
  planStaffing: async ({ body }) => staffingFor(body),
  putQueue: putById(queues, Key, {
    check: async (queue, ctx) => {
      await checkCondition(queue.match, 'match', ctx, CaseFacts);
      return refuseUnknownTeam(queue, ctx);
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
