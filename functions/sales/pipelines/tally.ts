import type { Change } from '../../shared/store/changes.ts';
import { shardedCounters } from '../../shared/store/sharded-counters.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Opportunity } from '../opportunities/opportunity.ts';
import { type Forecast, forecastTally } from './forecast-tally.ts';

const tallies = shardedCounters('opportunity-tally', 8);

type Counted = Forecast & Pick<Opportunity, 'updatedAt'>;

/** the counter of an opportunity: that of its stage, or of won or lost */
export const counterOf = ({ status, stage }: Pick<Counted, 'status' | 'stage'>) =>
  status === 'open' ? `open#${stage}` : status;

const countsOf = (counted: Counted | undefined): Record<string, number> => {
  if (!counted) return {};
  const counter = counterOf(counted);
  const { amount } = counted;
  return { [`${counter}#count`]: 1, ...(amount ? { [`${counter}#${amount.currency}`]: amount.amount } : {}) };
};

/** Moves an opportunity from its former counter to its present one, in the transaction that changes it. */
export const tally = (before: Counted | undefined, after: Counted): Change[] => {
  const by = countsOf(after);
  for (const [name, count] of Object.entries(countsOf(before))) by[name] = (by[name] ?? 0) - count;
  return [...tallies.add(after.pipelineId, after.id, by), ...forecastTally(before, after)];
};

/** counter -> its number of opportunities, and their amounts by currency */
export type Tally = Map<string, { count: number; amounts: Map<string, number> }>;

export const readTally = async (store: Store, pipelineId: string): Promise<Tally> => {
  const tally: Tally = new Map();
  for (const [name, value] of Object.entries(await tallies.read(store, pipelineId))) {
    const at = name.lastIndexOf('#');
    const [counter, unit] = [name.slice(0, at), name.slice(at + 1)];
    const counted = tally.get(counter) ?? { count: 0, amounts: new Map() };
    if (unit === 'count') counted.count += value;
    else counted.amounts.set(unit, (counted.amounts.get(unit) ?? 0) + value);
    tally.set(counter, counted);
  }
  return tally;
};
