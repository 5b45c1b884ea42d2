import type { Entity } from '../../shared/store/entity.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import { type Agent, agents } from './agent.ts';
import { type BusinessCalendar, calendars } from './business-calendar.ts';
import { general, queues } from './queue.ts';

/** all records of a kind, read consistently */
export const allOf = <T>(store: Store, entity: Entity<T, { id: string }>): Promise<T[]> =>
  Array.fromAsync(everyRecord(store, entity, [entity.kind, 'all'], { upwards: true }));

/** an agent with its business hours; null: always on duty */
export type Candidate = Agent & { hours: BusinessCalendar | null };

export const readCandidates = async (store: Store): Promise<Candidate[]> => {
  const [all, hours] = await Promise.all([allOf(store, agents), allOf(store, calendars)]);
  const byId = new Map(hours.map(calendar => [calendar.id, calendar]));
  return all.map(agent => ({ ...agent, hours: (agent.calendarId && byId.get(agent.calendarId)) || null }));
};

/** every queue, the built-in one last unless it has been replaced */
export const readQueues = async (store: Store) => {
  const all = await allOf(store, queues);
  return all.some(({ id }) => id === general.id) ? all : [...all, general];
};
export type AnyQueue = Awaited<ReturnType<typeof readQueues>>[number];
