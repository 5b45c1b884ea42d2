import type { Computed } from '../customers/attributes/definition.ts';
import { shardOf } from '../shared/store/entity.ts';
import { durationMs, toIso, toMs } from '../shared/time/duration.ts';
import { type Brought, type Tallied, talliedOf, together, type Value, valueFrom } from './tallied.ts';
import type { Tally } from './tally.ts';

/** A moving period is counted in whole days (UTC): today and as many before it as make the period full. */
const dayMs = 86_400_000;
const all = 'all';

type Buckets = Tally['buckets'];

const daysOf = (within: string) => durationMs(within) / dayMs;

const dayOf = (instant: string) => instant.slice(0, 10);

/** the first day that still counts */
const since = (within: string, now: string) => dayOf(toIso(toMs(now) - (daysOf(within) - 1) * dayMs));

/** whether what happened then counts now, or ever again */
export const counts = ({ within }: Computed, at: string, now: string) => !within || dayOf(at) >= since(within, now);

/** the buckets with one more event */
export const withOne = ({ operation, within }: Computed, buckets: Buckets, brought: Brought): Buckets => {
  const name = within ? dayOf(brought.at) : all;
  const one = talliedOf(operation, brought);
  const had = buckets[name];
  return { ...buckets, [name]: had ? together(operation, had, one) : one };
};

/** the buckets without the days that do not count any more */
export const current = ({ within }: Computed, buckets: Buckets, now: string): Buckets =>
  within ? Object.fromEntries(Object.entries(buckets).filter(([day]) => day >= since(within, now))) : buckets;

/** what the events that count come to; undefined where there are none */
export const valueIn = ({ operation }: Computed, buckets: Buckets): Value | undefined => {
  const [first, ...others] = Object.values(buckets);
  return (
    first &&
    valueFrom(
      operation,
      others.reduce<Tallied>((a, b) => together(operation, a, b), first),
    )
  );
};

/** the values of all customers do not fall at one stroke of midnight, but over an hour */
const spreadSeconds = 3600;

/** when the oldest day that counts does not any more; undefined where nothing ever falls */
export const fallsAt = ({ within }: Computed, { customerId, buckets }: Pick<Tally, 'customerId' | 'buckets'>) => {
  const [oldest] = Object.keys(buckets).sort();
  if (!within || !oldest) return undefined;
  const midnight = toMs(`${oldest}T00:00:00.000Z`) + daysOf(within) * dayMs;
  return toIso(midnight + shardOf(customerId, spreadSeconds) * 1000);
};
