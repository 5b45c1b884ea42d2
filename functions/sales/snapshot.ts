import type * as z from 'zod';
import { daysBetween } from './opportunity-life.ts';
import type { Pipeline, Stage } from './pipeline.ts';
import type { Snapshot } from './pipeline-routes.ts';
import { placeOf, type Tallied } from './tally.ts';

type Sums = Map<string, number>;

const sums = (amounts: Sums = new Map(), probability = 1) =>
  [...amounts]
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => ({ amount: Math.round(amount * probability), currency }));

const added = (lists: { amount: number; currency: string }[][]) => {
  const total: Sums = new Map();
  for (const { amount, currency } of lists.flat()) total.set(currency, (total.get(currency) ?? 0) + amount);
  return sums(total);
};

/** stages of the pipeline, and any that it lost while something stood there */
export const stagesOf = ({ stages }: Pipeline, tallied: Tallied): Stage[] => {
  const known = new Set(stages.map(({ id }) => id));
  const lost = [...tallied].flatMap(([place, { count }]) => {
    const id = place.startsWith('open#') ? place.slice(5) : undefined;
    return id && count > 0 && !known.has(id) ? [{ id, name: id, probability: 0 }] : [];
  });
  return [...stages, ...lost];
};

/** A pipeline at a glance, from its counters; `since` tells of each stage since when its oldest is there. */
export const snapshot = (
  now: string,
  pipeline: Pipeline,
  tallied: Tallied,
  since: Map<string, string>,
): z.input<typeof Snapshot> => {
  const stages = stagesOf(pipeline, tallied).map(({ id, name, probability }) => {
    const { count = 0, amounts } = tallied.get(placeOf({ status: 'open', stage: id })) ?? {};
    const oldest = count ? since.get(id) : undefined;
    return {
      ...{ stage: id, name, probability, count },
      amounts: sums(amounts),
      weighted: sums(amounts, probability),
      oldestDays: oldest === undefined ? null : daysBetween(oldest, now),
    };
  });
  const closed = (status: 'won' | 'lost') => {
    const { count = 0, amounts } = tallied.get(status) ?? {};
    return { count, amounts: sums(amounts) };
  };
  return {
    pipelineId: pipeline.id,
    name: pipeline.name,
    at: now,
    stages,
    open: {
      count: stages.reduce((sum, { count }) => sum + count, 0),
      amounts: added(stages.map(({ amounts }) => amounts)),
      weighted: added(stages.map(({ weighted }) => weighted)),
    },
    won: closed('won'),
    lost: closed('lost'),
  };
};
