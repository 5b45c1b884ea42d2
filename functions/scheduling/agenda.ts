import * as z from 'zod';
import { UserId } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { type Change, created, save, updated } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { dayOf, midnightOf, plus } from '../shared/time/duration.ts';

const Taken = z.object({ id: z.string(), from: Instant, to: Instant });
/** time of a staff member that something takes: an appointment, a visit, or another calendar */
export type Taken = z.output<typeof Taken>;

/** What the time of a staff member is taken by on a day (UTC). */
const Agenda = z.object({ staffId: UserId, day: z.string(), taken: z.array(Taken), ...stamps });

export const agendas = entity('agenda', Agenda, {
  onErase: 'not-personal',
  key: ({ staffId, day }: { staffId: string; day: string }) => ({ of: ['agenda', staffId], part: day }),
});

/** the longest that something takes: it is on the agendas of two days at most */
export const longestHours = 24;

/** the days (UTC) that a time is on */
export const daysOf = (from: string, to: string): string[] => {
  const days: string[] = [];
  for (let day = dayOf(from); midnightOf(day) < to; day = dayOf(plus(midnightOf(day), 'P1D'))) days.push(day);
  return days;
};

/** what the time of a staff member is taken by from one instant to another */
export const takenOf = async (store: Store, staffId: string, from: string, to: string): Promise<Taken[]> => {
  const found = new Map<string, Taken>();
  const within = { from: dayOf(from), to: `${dayOf(to)}~` };
  for await (const { taken } of everyRecord(store, agendas, ['agenda', staffId], { within, upwards: true })) {
    for (const one of taken) if (one.from < to && one.to > from) found.set(`${one.id} ${one.from}`, one);
  }
  return [...found.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
};

const overlap = (a: Taken, b: Taken) => a.from < b.to && b.from < a.to;

type Times = { staffId: string; taken: Taken };

/**
 * The changes of agendas when times are given back and others taken: each agenda once. Whoever decided on the agendas as they
 * were then loses to a concurrent writer.
 */
export const agendaChanges = async (
  store: Store,
  now: string,
  { freed = [], taken = [] }: { freed?: Times[]; taken?: Times[] },
): Promise<Change[]> => {
  const placesOf = (all: Times[]) =>
    all.flatMap(one => daysOf(one.taken.from, one.taken.to).map(day => ({ ...one, day })));
  const [less, more] = [placesOf(freed), placesOf(taken)];
  const days = Map.groupBy([...less, ...more], ({ staffId, day }) => `${day} ${staffId}`);
  return Promise.all(
    [...days.values()].map(async ([{ staffId, day } = { staffId: '', day: '' }]) => {
      const here = (one: { staffId: string; day: string }) => one.staffId === staffId && one.day === day;
      const before = await store.get(agendas, { staffId, day });
      const gone = new Set(less.filter(here).map(one => `${one.taken.id} ${one.taken.from}`));
      const left = (before?.taken ?? []).filter(one => !gone.has(`${one.id} ${one.from}`));
      const added = more.filter(here).map(one => one.taken);
      // the decision was made on an earlier reading: it is made again
      if (added.some(one => left.some(other => overlap(one, other)))) throw new VersionConflict('taken meanwhile');
      const all = [...left, ...added].sort((a, b) => (a.from < b.from ? -1 : 1));
      const after = before ? updated(now, before, { taken: all }) : created(now, { staffId, day, taken: all });
      return save(agendas, before, after);
    }),
  );
};
