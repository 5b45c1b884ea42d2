import * as z from 'zod';
import type { Computed, Operation } from '../customers/attributes/definition.ts';
import { Instant } from '../shared/http/contract.ts';
import { shardOf } from '../shared/store/entity.ts';
import { dayOf, durationMs, midnightOf, toIso, toMs } from '../shared/time/duration.ts';

/** what an event adds: its time, its id, and the value at the path where there is one */
export const EventValue = z.object({ at: Instant, id: z.string(), value: z.json() });
export type EventValue = z.output<typeof EventValue>;

/** What some events come to, the same in any order and grouping. */
export const Aggregate = z.object({
  count: z.int().min(1),
  /** in billionths, as text: sums of fractions would depend on their order */
  sum: z.string().optional(),
  at: Instant,
  /** the event that has the result as its value, if it is one event */
  one: EventValue.optional(),
});
export type Aggregate = z.output<typeof Aggregate>;

const billion = 1_000_000_000;

/** values without an order of their own are compared as text, events of one instant by their ids */
const compare = (a: unknown, b: unknown) => {
  if (a === b) return 0;
  return (a as string) < (b as string) ? -1 : 1;
};

const byTime = (a: EventValue, b: EventValue) => compare(a.at, b.at) || compare(a.id, b.id);
const byValue = (a: EventValue, b: EventValue) => compare(a.value, b.value);

/** whether the value of the first of two events is the result; of two equal values the earlier */
const precedes: Partial<Record<Operation, (a: EventValue, b: EventValue) => boolean>> = {
  first: (a, b) => byTime(a, b) < 0,
  last: (a, b) => byTime(a, b) > 0,
  min: (a, b) => (byValue(a, b) || byTime(a, b)) < 0,
  max: (a, b) => (byValue(b, a) || byTime(a, b)) < 0,
};

const sums = (operation: Operation) => operation === 'sum' || operation === 'average';

export const aggregateOf = (operation: Operation, event: EventValue): Aggregate => ({
  count: 1,
  at: event.at,
  ...(sums(operation) ? { sum: String(BigInt(Math.round(Number(event.value) * billion))) } : {}),
  ...(precedes[operation] ? { one: event } : {}),
});

export const combine = (operation: Operation, a: Aggregate, b: Aggregate): Aggregate => {
  const isFirst = precedes[operation];
  return {
    count: a.count + b.count,
    at: compare(a.at, b.at) < 0 ? b.at : a.at,
    ...(a.sum !== undefined && b.sum !== undefined ? { sum: String(BigInt(a.sum) + BigInt(b.sum)) } : {}),
    ...(isFirst && a.one && b.one ? { one: isFirst(b.one, a.one) ? b.one : a.one } : {}),
  };
};

export type Value = { value: unknown; at: string };

const asNumber = (billionths: bigint) => Number(billionths) / billion;

export const valueFrom = (operation: Operation, { count, sum = '0', at, one }: Aggregate): Value => {
  if (operation === 'count') return { value: count, at };
  if (operation === 'sum') return { value: asNumber(BigInt(sum)), at };
  if (operation === 'average') return { value: asNumber(BigInt(sum) / BigInt(count)), at };
  return { value: one?.value, at: one?.at ?? at };
};

/** aggregates by day (UTC) where only a moving period counts, else one of all: the period is today and as many days before it as make it full */
export type Buckets = Record<string, Aggregate>;

const all = 'all';
const dayMs = 86_400_000;
const daysOf = (within: string) => durationMs(within) / dayMs;
const since = (within: string, now: string) => dayOf(toIso(toMs(now) - (daysOf(within) - 1) * dayMs));

export const counts = ({ within }: Computed, at: string, now: string) => !within || dayOf(at) >= since(within, now);

export const withEvent = ({ operation, within }: Computed, buckets: Buckets, event: EventValue): Buckets => {
  const name = within ? dayOf(event.at) : all;
  const one = aggregateOf(operation, event);
  const before = buckets[name];
  return { ...buckets, [name]: before ? combine(operation, before, one) : one };
};

export const current = ({ within }: Computed, buckets: Buckets, now: string): Buckets =>
  within ? Object.fromEntries(Object.entries(buckets).filter(([day]) => day >= since(within, now))) : buckets;

export const valueIn = ({ operation }: Computed, buckets: Buckets): Value | undefined => {
  const [first, ...others] = Object.values(buckets);
  if (!first) return undefined;
  const whole = others.reduce((a, b) => combine(operation, a, b), first);
  return valueFrom(operation, whole);
};

/** values of all customers do not change at the stroke of midnight, but over an hour */
const spreadSeconds = 3600;

export const outdatedAt = ({ within }: Computed, customerId: string, buckets: Buckets) => {
  const [oldest] = Object.keys(buckets).sort();
  if (!within || !oldest) return undefined;
  const midnight = toMs(midnightOf(oldest)) + daysOf(within) * dayMs;
  return toIso(midnight + shardOf(customerId, spreadSeconds) * 1000);
};
