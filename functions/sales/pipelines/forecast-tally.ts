import type { Change, Counts } from '../../shared/store/changes.ts';
import { shardedCounters } from '../../shared/store/sharded-counters.ts';
import type { Store } from '../../shared/store/store.ts';
import { dayOf } from '../../shared/time/duration.ts';
import type { Opportunity } from '../opportunities/opportunity.ts';

const tallies = shardedCounters('opportunity-forecast', 2);
const daily = shardedCounters('opportunity-forecast-days', 2);

type Field = 'id' | 'pipelineId' | 'stage' | 'status' | 'amount' | 'closeOn' | 'closedAt' | 'ownerId' | 'updatedAt';
export type Forecast = Pick<Opportunity, Field>;

export const nobody = '-';

/** where the figures of a month are: of all, or of an owner */
export const tallyId = (pipelineId: string, month: string, ownerId?: string) =>
  [pipelineId, month, ...(ownerId === undefined ? [] : [ownerId])].join('#');

/** the month that it counts in: an open one by its expected close, any other by when it was closed */
const monthOf = ({ status, closeOn, closedAt }: Forecast) =>
  (status === 'open' ? closeOn : closedAt)?.slice(0, 'YYYY-MM'.length);

/** what it adds, by name: its number, and its amount in its currency */
const countsOf = ({ status, stage, amount }: Forecast): Counts => {
  const counter = status === 'open' ? `open#${stage}` : status;
  return { [`${counter}#count`]: 1, ...(amount ? { [`${counter}#${amount.currency}`]: amount.amount } : {}) };
};

type Placed = { month: string; ownerId: string; counts: Counts };

const placeOf = (one: Forecast | undefined, sign: 1 | -1): Placed[] => {
  const month = one && monthOf(one);
  if (!one || !month) return [];
  const counts = Object.entries(countsOf(one)).map(([name, count]) => [name, sign * count] as const);
  return [{ month, ownerId: one.ownerId ?? nobody, counts: Object.fromEntries(counts) }];
};

const summed = (all: [id: string, counts: Counts][]): Map<string, Counts> => {
  const sums = new Map<string, Counts>();
  for (const [id, counts] of all) {
    const sum = sums.get(id) ?? {};
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
    sums.set(id, sum);
  }
  return sums;
};

/** Moves an opportunity in the figures of its month, of its owner, and of the day, in the transaction that changes it. */
export const forecastTally = (before: Forecast | undefined, after: Forecast): Change[] => {
  const { pipelineId, id, updatedAt } = after;
  const places = [...placeOf(before, -1), ...placeOf(after, 1)];
  const months = summed(places.map(({ month, counts }) => [tallyId(pipelineId, month), counts]));
  const owners = summed(places.map(({ month, ownerId, counts }) => [tallyId(pipelineId, month, ownerId), counts]));
  return [
    ...[...months, ...owners].flatMap(([tally, counts]) => tallies.add(tally, id, counts)),
    ...[...months].flatMap(([tally, counts]) => daily.add(tally, id, counts, dayOf(updatedAt))),
  ];
};

export const readForecast = (store: Store, id: string): Promise<Counts> => tallies.read(store, id);

/** more than the days on which the opportunities of one month change */
const mostDays = 1000;

/** by how much the figures of a month changed on each day */
export const readDays = (store: Store, id: string) => daily.parts(store, id, mostDays);
