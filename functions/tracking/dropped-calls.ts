import * as z from 'zod';
import type { Ctx } from '../shared/http/context.ts';
import { add } from '../shared/store/changes.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import type { Store } from '../shared/store/store.ts';
import { toIso, toMs } from '../shared/time/duration.ts';
import { dayMs } from '../shared/time/zone.ts';

/** the counters of a day are spread over these, so that busy sites do not wait for each other */
const shards = 8;

/** Calls of one day that were not recorded because consent was missing. Nothing else of them is stored. */
export const DroppedDay = z.object({ day: z.iso.date(), calls: z.int(), reasons: z.record(z.string(), z.int()) });

const countersOf = (day: string, shard: number): [kind: string, id: string] => ['tracking-dropped', `${day}#${shard}`];

const dayOf = (instant: string) => instant.slice(0, 'YYYY-MM-DD'.length);

export const countDropped = async (reasons: string[], { now, store }: Pick<Ctx, 'now' | 'store'>) => {
  if (!reasons.length) return;
  const by = Object.fromEntries(
    [...new Set(reasons)].map(reason => [reason, reasons.filter(one => one === reason).length]),
  );
  await retryOnConflict(() => store.commit([add(countersOf(dayOf(now), Math.floor(Math.random() * shards)), by)]));
};

const droppedOn = async (day: string, store: Store): Promise<z.output<typeof DroppedDay>> => {
  const all = await Promise.all(Array.from({ length: shards }, (_, shard) => store.counters(countersOf(day, shard))));
  const reasons: Record<string, number> = {};
  for (const [reason, count] of all.flatMap(Object.entries<number>)) reasons[reason] = (reasons[reason] ?? 0) + count;
  return { day, calls: Object.values(reasons).reduce((sum, count) => sum + count, 0), reasons };
};

export const droppedLately = (days: number, store: Store) =>
  Promise.all(Array.from({ length: days }, (_, ago) => droppedOn(dayOf(toIso(toMs(store.now) - ago * dayMs)), store)));
