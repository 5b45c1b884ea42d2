import { lineOfTeam } from '../organisation/reads.ts';
import { staff } from '../organisation/staff-member.ts';
import { teams } from '../organisation/team.ts';
import { allOf } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { type Agent, agentOf, type Profile, profiles } from './agent.ts';
import type { Candidate } from './assign.ts';
import { type BusinessCalendar, calendars } from './business-calendar.ts';
import { agentNotFound } from './errors.ts';

const byId = <T extends { id: string }>(all: T[]) => new Map(all.map(one => [one.id, one]));

export type CandidateAgent = Agent & Candidate;

/** the agents of the company with their hours and teams, read consistently */
export const readCandidates = async (
  store: Store,
  allHours: Promise<BusinessCalendar[]> = allOf(store, calendars),
): Promise<CandidateAgent[]> => {
  const [agents, hours, groups] = await Promise.all([
    allOf(store, profiles).then(all => agentsOf(store, all)),
    allHours.then(byId),
    allOf(store, teams).then(byId),
  ]);
  const found = agents.map(async agent => {
    const line = await lineOfTeam(agent.team, async id => groups.get(id));
    const calendar = (agent.calendarId && hours.get(agent.calendarId)) || null;
    return { ...agent, hours: calendar, teams: line.map(({ id }) => id) };
  });
  return Promise.all(found);
};

/** all staff members as candidates for work that has no profile of its own: nothing limits how much of it they have */
export const readStaff = async (store: Store): Promise<Candidate[]> => {
  const [members, agents, hours, groups] = await Promise.all([
    allOf(store, staff),
    allOf(store, profiles).then(byId),
    allOf(store, calendars).then(byId),
    allOf(store, teams).then(byId),
  ]);
  const found = members.map(async ({ id, name, skills, languages, team, createdAt }) => {
    const line = await lineOfTeam(team, async above => groups.get(above));
    const { status = 'available' as const, calendarId = '' } = agents.get(id) ?? {};
    return {
      ...{ id, name, skills, languages, status, createdAt, teams: line.map(one => one.id) },
      ...{ capacity: Number.POSITIVE_INFINITY, load: 0, lastAssignedAt: null, hours: hours.get(calendarId) ?? null },
    };
  });
  return Promise.all(found);
};

/** the agents of these profiles; none for somebody who is no longer a staff member */
export const agentsOf = async (store: Store, all: Profile[]): Promise<Agent[]> => {
  const ids = all.map(({ id }) => id);
  const people = byId(await store.getByIds(staff, ids));
  return all.flatMap(profile => {
    const member = people.get(profile.id);
    return member ? [agentOf(member, profile)] : [];
  });
};

export const needAgent = async (store: Store, id: string): Promise<Agent> => {
  const profile = await store.get(profiles, { id });
  const [agent] = profile ? await agentsOf(store, [profile]) : [];
  if (!agent) throw agentNotFound();
  return agent;
};
