import * as z from 'zod';
import { Currency, Money } from '../../../events/money.ts';
import { line, UserId } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { type Counts, sumOf } from '../../shared/store/changes.ts';
import { entity } from '../../shared/store/entity.ts';
import { categoryOf, type Pipeline, PipelineId } from './pipeline.ts';

export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month such as 2026-12');
export const Period = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$/, 'is not a month, quarter or year such as 2026-12, 2026-Q4 or 2026');

const two = (month: number) => String(month).padStart(2, '0');

export const monthsOf = (period: string): string[] => {
  const [year, part = ''] = period.split('-');
  const all = (from: number, count: number) => Array.from({ length: count }, (_, nth) => `${year}-${two(from + nth)}`);
  if (!part) return all(1, 12);
  return part.startsWith('Q') ? all(Number(part.slice(1)) * 3 - 2, 3) : [period];
};

/** sums over opportunities: without the limit of a single amount */
const Sum = z.object({ amount: z.number(), currency: z.string() });

const figures = { omit: Sum, pipeline: Sum, best: Sum, commit: Sum, closed: Sum };
const names = ['omit', 'pipeline', 'best', 'commit', 'closed'] as const;
type Name = (typeof names)[number];
const Counted = z.object({ omit: z.int(), pipeline: z.int(), best: z.int(), commit: z.int(), closed: z.int() });

export const Overridable = z.enum(['pipeline', 'best', 'commit']);

export const OverrideFields = z.strictObject({ amount: Money, reason: line(500), ownerId: UserId.optional() });
export const Override = z.object({
  ...{ pipelineId: PipelineId, period: Month, category: Overridable, ownerId: z.string().nullable() },
  ...{ amount: Money, reason: z.string(), by: z.string() },
  ...stamps,
});
export type Override = z.output<typeof Override>;

type OverrideKey = Pick<Override, 'pipelineId' | 'period' | 'ownerId' | 'category'>;

/** partition of what staff state about a month of a pipeline */
export const statedOf = (pipelineId: string, period: string): [kind: string, id: string] => [
  'forecast',
  `${pipelineId}#${period}`,
];

export const overrides = entity('forecast-override', Override, {
  onErase: 'not-personal',
  key: ({ pipelineId, period, ownerId, category }: OverrideKey) => ({
    of: statedOf(pipelineId, period),
    part: `override#${ownerId ?? ''}#${category}`,
  }),
});

export const overrideParts = (ownerId = '') => ({ from: `override#${ownerId}#`, to: `override#${ownerId}$` });

export const QuotaFields = z.strictObject({ amount: Money, ownerId: UserId.optional() });
export const Quota = z.object({
  ...{ pipelineId: PipelineId, period: Month, ownerId: z.string().nullable(), amount: Money },
  ...stamps,
});
export type Quota = z.output<typeof Quota>;

export const quotas = entity('quota', Quota, {
  onErase: 'not-personal',
  key: ({ pipelineId, period, ownerId }: Pick<Quota, 'pipelineId' | 'period' | 'ownerId'>) => ({
    of: statedOf(pipelineId, period),
    part: `quota#${ownerId ?? ''}`,
  }),
});

export const ForecastQuery = z.strictObject({
  pipelineId: PipelineId.default('default'),
  period: Period.optional().describe('a month, quarter or year; default: this month'),
  ownerId: UserId.optional(),
  team: line(60).describe('of the members of this team').optional(),
  currency: Currency.describe('default: that of the quota, else that of most opportunities').optional(),
});

/** What a pipeline is expected to bring in a period: open opportunities by expected close, unweighted, and what was won in it. */
export const Forecast = z.object({
  ...{ pipelineId: z.string(), period: z.string(), at: Instant, currency: z.string() },
  ...figures,
  quota: Sum.nullable(),
  weighted: Sum.describe('of the open ones, each by the probability of its stage'),
  counts: Counted.describe('numbers of opportunities, of all currencies'),
  others: z.array(z.object({ currency: z.string(), ...figures })).describe('the same in other currencies'),
  overrides: z.array(
    Override.pick({ period: true, category: true, amount: true, reason: true, by: true, updatedAt: true }),
  ),
});
export type Forecast = z.input<typeof Forecast>;

export const Days = z.object({
  items: z.array(z.object({ day: z.iso.date(), ...figures, counts: Counted })),
});

type Placed = { name: Name; unit: string; value: number; probability: number };

/** the counters by the names of a forecast; what was lost is in none */
const placed = (pipeline: Pipeline, counts: Counts): Placed[] =>
  Object.entries(counts).flatMap(([counter, value]): Placed[] => {
    const parts = counter.split('#');
    const unit = parts.at(-1)!;
    if (parts[0] === 'won') return [{ name: 'closed', unit, value, probability: 0 }];
    if (parts[0] !== 'open') return [];
    const stage = parts[1]!;
    const { probability = 0 } = pipeline.stages.find(({ id }) => id === stage) ?? {};
    return [{ name: categoryOf(pipeline, stage), unit, value, probability }];
  });

const sum = (all: Placed[], unit: string, name?: Name) =>
  all.reduce((total, one) => total + (one.unit === unit && (!name || one.name === name) ? one.value : 0), 0);

const each = <T>(of: (name: Name) => T) => Object.fromEntries(names.map(name => [name, of(name)])) as Record<Name, T>;

const inCurrency = (all: Placed[], currency: string) => each(name => ({ amount: sum(all, currency, name), currency }));

const countsIn = (all: Placed[]) => each(name => sum(all, 'count', name));

const currenciesOf = (all: Placed[]) => {
  const units = [...new Set(all.map(({ unit }) => unit))].filter(unit => unit !== 'count');
  const weight = (unit: string) => all.filter(one => one.unit === unit && one.value).length;
  return units.toSorted((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
};

/** of a forecast of nothing: ISO 4217 for no currency */
const noCurrency = 'XXX';

type Figures = { counts: Counts[]; stated: { quotas: Quota[]; overrides: Override[] }; currency?: string | undefined };

/** the figures of a period, from the counters of its months */
export const forecastOf = (
  pipeline: Pipeline,
  { counts, stated, currency: wanted }: Figures,
): Omit<Forecast, 'at' | 'period'> => {
  const all = placed(pipeline, sumOf(counts));
  const found = currenciesOf(all);
  const currency = wanted ?? stated.quotas[0]?.amount.currency ?? found[0] ?? noCurrency;
  const own = stated.quotas.filter(({ amount }) => amount.currency === currency);
  const quota = own.reduce((total, { amount }) => total + amount.amount, 0);
  const open = all.filter(one => one.unit === currency && one.name !== 'omit');
  const weighted = open.reduce((total, { value, probability }) => total + value * probability, 0);
  const others = found.filter(one => one !== currency).map(one => ({ currency: one, ...inCurrency(all, one) }));
  return {
    ...{ pipelineId: pipeline.id, currency, ...inCurrency(all, currency) },
    quota: own.length ? { amount: quota, currency } : null,
    weighted: { amount: Math.round(weighted), currency },
    ...{ counts: countsIn(all), others, overrides: stated.overrides },
  };
};

/** the figures of a month at the end of each day on which they changed, from the changes by day */
export const daysOf = (pipeline: Pipeline, changes: [day: string, counts: Counts][], currency: string | undefined) => {
  let until: Counts = {};
  const days = changes.map(([day, counts]) => {
    until = sumOf([until, counts]);
    return { day, all: placed(pipeline, until) };
  });
  const shown = currency ?? currenciesOf(days.flatMap(({ all }) => all))[0] ?? noCurrency;
  return days.map(({ day, all }) => ({ day, ...inCurrency(all, shown), counts: countsIn(all) }));
};
