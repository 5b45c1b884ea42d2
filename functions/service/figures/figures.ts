import * as z from 'zod';
import { Day } from '../../shared/fields.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { mapConcurrent } from '../../shared/map-concurrent.ts';
import { add, type Change, type Counts, sumOf } from '../../shared/store/changes.ts';
import { shardOf } from '../../shared/store/entity.ts';
import { shardedCounters } from '../../shared/store/sharded-counters.ts';
import type { Store } from '../../shared/store/store.ts';
import { dayOf, midnightOf, plus, toMs } from '../../shared/time/duration.ts';
import { type Counted, type Dimension, dimensions } from './case-counts.ts';

const shards = 4;
const concurrent = 8;
const pageSize = 1000;

/** by channel, which every case has, all cases are counted once */
const whole: Dimension = 'channel';

const backlogs = shardedCounters('service-backlog', shards);

const monthOf = (day: string) => day.slice(0, 'YYYY-MM'.length);

const countersOf = (by: Dimension, month: string, shard: number): [kind: string, id: string] => [
  'service-figures',
  `${by}#${month}#${shard}`,
];

/** the counters that an event adds to; `spread`: what its shard follows from */
export const countChanges = (day: string, { figures, by, backlog }: Counted, spread: string): Change[] => {
  const counted = Object.entries(figures).filter(([, n]) => n);
  const shard = shardOf(spread, shards);
  const daily = counted.length
    ? dimensions.flatMap(dimension => {
        const value = by[dimension];
        if (value === undefined) return [];
        return [add(countersOf(dimension, monthOf(day), shard), Object.fromEntries(counted), `${day}#${value}`)];
      })
    : [];
  return [...daily, ...(backlog ? backlogs.add('all', spread, backlog) : [])];
};

type Row = { day: string; value: string; of: Counts };

const monthsBetween = (from: string, to: string) => {
  const months = [monthOf(from)];
  while (months.at(-1)! < monthOf(to)) months.push(monthOf(plus(midnightOf(`${months.at(-1)}-01`), 'P1M')));
  return months;
};

const rowsOf = async (store: Store, of: [string, string], from: string, to: string): Promise<Row[]> => {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const part = { limit: pageSize, within: { from, to }, ...(after ? { after } : {}) };
    const { items, last } = await store.partition(of, part);
    for (const { sk, pk: _, ...counters } of items) {
      const [day = ''] = sk.split('#');
      const numbers = Object.entries(counters).filter((one): one is [string, number] => typeof one[1] === 'number');
      rows.push({ day, value: sk.slice(day.length + 1), of: Object.fromEntries(numbers) });
    }
    after = last;
  } while (after);
  return rows;
};

const rowsBetween = async (store: Store, by: Dimension, from: string, to: string): Promise<Row[]> => {
  const all = monthsBetween(from, to).flatMap(month =>
    Array.from({ length: shards }, (_, shard) => countersOf(by, month, shard)),
  );
  return (await mapConcurrent(all, concurrent, of => rowsOf(store, of, from, to))).flat();
};

const count = z.int();
const share = z.number().min(0).max(1).nullable();
const mean = z.number().nullable().describe('seconds, in the hours that were promised');

export const ServiceFigures = z.object({
  agent: z.string().optional(),
  queue: z.string().optional(),
  channel: z.string().optional(),
  product: z.string().optional(),
  day: Day.optional(),
  opened: count,
  replies: count,
  firstResponses: count,
  firstResponseSeconds: mean,
  firstResponseAttainment: share,
  resolved: count,
  resolutionSeconds: mean,
  resolutionAttainment: share,
  reopened: count,
  reopenRate: share.describe('of what was resolved'),
  transfers: count,
  missed: count.describe('due times'),
  ratings: count,
  averageRating: z.number().nullable(),
  csat: share.describe('ratings of 4 and 5'),
  recommends: count,
  nps: z.number().min(-100).max(100).nullable(),
});
export type ServiceFigures = z.output<typeof ServiceFigures>;

const ratio = (part = 0, of = 0) => (of ? part / of : null);

const shown = (of: Counts): ServiceFigures => {
  const { opened = 0, replies = 0, firstResponses = 0, resolved = 0, reopened = 0, transfers = 0 } = of;
  const { missed = 0, ratings = 0, recommends = 0, promoters = 0, detractors = 0 } = of;
  const nps = ratio(promoters - detractors, recommends);
  return {
    ...{ opened, replies, firstResponses, resolved, reopened, transfers, missed, ratings, recommends },
    firstResponseSeconds: ratio(of.firstResponseSeconds, firstResponses),
    firstResponseAttainment: ratio(of.firstResponsesInTime, firstResponses),
    resolutionSeconds: ratio(of.resolutionSeconds, resolved),
    resolutionAttainment: ratio(of.resolvedInTime, resolved),
    reopenRate: resolved ? Math.min(1, reopened / resolved) : null,
    averageRating: ratio(of.ratingSum, ratings),
    csat: ratio(of.satisfied, ratings),
    nps: nps === null ? null : nps * 100,
  };
};

export const FiguresBy = z.enum(['day', ...dimensions]);

const mostDays = 400;

const periodOf = ({ from, to }: { from?: string | undefined; to?: string | undefined }, now: string) => {
  const end = to ?? dayOf(plus(now, 'P1D'));
  const start = from ?? dayOf(plus(midnightOf(end), '-P30D'));
  if (end <= start) throw invalid([{ path: 'to', message: `must be after from, which is ${start}` }]);
  if (plus(midnightOf(start), `P${mostDays}D`) < midnightOf(end)) {
    throw invalid([{ path: 'from', message: `is more than ${mostDays} days before to` }]);
  }
  return { from: start, to: end };
};

type Question = { from?: string | undefined; to?: string | undefined; by: z.output<typeof FiguresBy> };

/** the figures of the days from one to another, which is left out */
export const readFigures = async ({ by, ...period }: Question, now: string, store: Store) => {
  const { from, to } = periodOf(period, now);
  const dimension = by === 'day' ? whole : by;
  const [rows, all, backlog] = await Promise.all([
    rowsBetween(store, dimension, from, to),
    dimension === whole ? undefined : rowsBetween(store, whole, from, to),
    backlogs.read(store, 'all'),
  ]);
  const groups = Map.groupBy(rows, ({ day, value }) => (by === 'day' ? day : value));
  const { open = 0, openedMinutes = 0 } = backlog;
  return {
    ...{ from, to, by },
    total: shown(sumOf((all ?? rows).map(({ of }) => of))),
    items: [...groups]
      .map(([value, some]) => ({ [by]: value, ...shown(sumOf(some.map(({ of }) => of))) }))
      .sort((a, b) => (String(a[by]) < String(b[by]) ? -1 : 1)),
    backlog: {
      open,
      averageAgeSeconds: open ? Math.max(0, Math.round(toMs(now) / 1000 - (openedMinutes / open) * 60)) : null,
    },
  };
};
