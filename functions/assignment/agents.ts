import * as z from 'zod';
import { agentChanged, calendarChanged } from '../../events/agent.ts';
import { decideStaff } from '../organisation/place-staff.ts';
import { Key } from '../shared/fields.ts';
import { handlers, Reply } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { isSameJson } from '../shared/json.ts';
import { created, eventOf, save, update, updated } from '../shared/store/changes.ts';
import { listShared } from '../shared/store/record-page.ts';
import { putById, readById } from '../shared/store/records.ts';
import { AgentId, agentOf, type Profile, profileOf, profiles } from './agent.ts';
import { agentRoutes } from './agent-routes.ts';
import { calendars, refuseUnknownCalendar } from './business-calendar.ts';
import { answerTime } from './calendar-time.ts';
import { agentsOf, needAgent } from './candidates.ts';
import { staffingFor } from './staffing.ts';

const agentEvent = (profile: Profile) => eventOf(agentChanged, profile, { agentId: profile.id });

const noWork = { status: 'available', load: 0, lastAssignedAt: null } as const;

export const agentHandlers = handlers(agentRoutes, {
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
});
