import { lineOfTeam } from '../../organisation/reads.ts';
import { staff } from '../../organisation/staff-member.ts';
import { teams } from '../../organisation/team.ts';
import type { Entity } from '../../shared/store/entity.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import { agentNotFound } from '../errors.ts';
import { type Agent, agentOf, type Profile, profiles } from './agent.ts';
import { type BusinessCalendar, calendars } from './business-calendar.ts';
import { general, queues } from './queue.ts';

/** all records of a kind, read consistently */
export const allOf = <T>(store: Store, entity: Entity<T, { id: string }>): Promise<T[]> =>
  Array.fromAsync(everyRecord(store, entity, [entity.kind, 'all'], { upwards: true }));

const byId = <T extends { id: string }>(all: T[]) => new Map(all.map(one => [one.id, one]));

/** an agent with its business hours (null: always on duty) and its team with those above */
export type Candidate = Agent & { hours: BusinessCalendar | null; teams: string[] };

export const readCandidates = async (store: Store, allHours = allOf(store, calendars)): Promise<Candidate[]> => {
  const [all, hours, people, groups] = await Promise.all([
    allOf(store, profiles),
    allHours.then(byId),
    allOf(store, staff).then(byId),
    allOf(store, teams).then(byId),
  ]);
  const found = all.map(async profile => {
    const member = people.get(profile.id);
    if (!member) return [];
    const line = await lineOfTeam(member.team, async id => groups.get(id));
    const calendar = (profile.calendarId && hours.get(profile.calendarId)) || null;
    return [{ ...agentOf(member, profile), hours: calendar, teams: line.map(({ id }) => id) }];
  });
  return (await Promise.all(found)).flat();
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

/** every queue, the built-in one last unless it has been replaced */
export const readQueues = async (store: Store) => {
  const all = await allOf(store, queues);
  return all.some(({ id }) => id === general.id) ? all : [...all, general];
};
export type AnyQueue = Awaited<ReturnType<typeof readQueues>>[number];
