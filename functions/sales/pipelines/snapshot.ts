import type * as z from 'zod';
import { daysBetween } from '../fields.ts';
import type { Pipeline, Stage } from './pipeline.ts';
import type { Snapshot } from './pipeline-routes.ts';
import { counterOf, type Tally } from './tally.ts';

type Amount = { amount: number; currency: string };

const sums = (amounts: Iterable<[string, number]> = [], probability = 1): Amount[] =>
  [...amounts]
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => ({ amount: Math.round(amount * probability), currency }));

const total = (lists: Amount[][]) => {
  const byCurrency = new Map<string, number>();
  for (const { amount, currency } of lists.flat()) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + amount);
  return sums(byCurrency);
};

const open = counterOf({ status: 'open', stage: '' });

/** ids of the stages that open opportunities are at */
export const openStages = (tally: Tally) =>
  [...tally].flatMap(([counter, { count }]) =>
    counter.startsWith(open) && count > 0 ? [counter.slice(open.length)] : [],
  );

/** the stages of the pipeline, and any that it lost while opportunities were at it */
const stagesOf = ({ stages }: Pipeline, tally: Tally): Stage[] => {
  const lost = openStages(tally).filter(stage => !stages.some(({ id }) => id === stage));
  return [...stages, ...lost.map(id => ({ id, name: id, probability: 0 }))];
};

/** The figures of a pipeline from its counters; `since`: when the oldest opportunity of a stage came to it. */
export const snapshot = (
  now: string,
  pipeline: Pipeline,
  tally: Tally,
  since: Map<string, string>,
): z.input<typeof Snapshot> => {
  const stages = stagesOf(pipeline, tally).map(({ id: stage, name, probability }) => {
    const { count = 0, amounts } = tally.get(counterOf({ status: 'open', stage })) ?? {};
    const oldest = count ? since.get(stage) : undefined;
    const oldestDays = oldest === undefined ? null : daysBetween(oldest, now);
    return {
      stage,
      name,
      probability,
      count,
      amounts: sums(amounts),
      weighted: sums(amounts, probability),
      oldestDays,
    };
  });
  const closed = (status: 'won' | 'lost') => {
    const { count = 0, amounts } = tally.get(status) ?? {};
    return { count, amounts: sums(amounts) };
  };
  return {
    pipelineId: pipeline.id,
    name: pipeline.name,
    at: now,
    stages,
    open: {
      count: stages.reduce((sum, { count }) => sum + count, 0),
      amounts: total(stages.map(({ amounts }) => amounts)),
      weighted: total(stages.map(({ weighted }) => weighted)),
    },
    won: closed('won'),
    lost: closed('lost'),
  };
};
