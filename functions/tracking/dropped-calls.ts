import * as z from 'zod';
import type { Ctx } from '../shared/http/context.ts';
import { sumOf } from '../shared/store/changes.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { shardedCounters } from '../shared/store/sharded-counters.ts';
import type { Store } from '../shared/store/store.ts';
import { dayOf, toIso, toMs } from '../shared/time/duration.ts';
import { dayMs } from '../shared/time/zone.ts';

const dropped = shardedCounters('tracking-dropped', 8);

/** Calls of one day that were not recorded because consent was missing. Nothing else of them is stored. */
export const DroppedDay = z.object({ day: z.iso.date(), calls: z.int(), reasons: z.record(z.string(), z.int()) });

export const countDropped = async (reasons: string[], { now, store }: Pick<Ctx, 'now' | 'store'>) => {
  if (!reasons.length) return;
  const by = sumOf(reasons.map(reason => ({ [reason]: 1 })));
  await retryOnConflict(() => store.commit(dropped.add(dayOf(now), String(Math.random()), by)));
};

const droppedOn = async (day: string, store: Store): Promise<z.output<typeof DroppedDay>> => {
  const reasons = await dropped.read(store, day);
  return { day, calls: Object.values(reasons).reduce((sum, count) => sum + count, 0), reasons };
};

export const droppedLately = (days: number, store: Store) =>
  Promise.all(Array.from({ length: days }, (_, ago) => droppedOn(dayOf(toIso(toMs(store.now) - ago * dayMs)), store)));
