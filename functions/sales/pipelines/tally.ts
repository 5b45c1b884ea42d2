import { add, type Change } from '../../shared/store/changes.ts';
import { shardOf } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Opportunity } from '../opportunities/opportunity.ts';

/** a counter item takes one transaction at a time, so the counters of a pipeline are spread over several */
const shards = 8;
const kind = 'opportunity-tally';

type Counted = Pick<Opportunity, 'id' | 'pipelineId' | 'stage' | 'status' | 'amount'>;

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
  const moved = Object.fromEntries(Object.entries(by).filter(([, count]) => count !== 0));
  return Object.keys(moved).length ? [add([kind, `${after.pipelineId}#${shardOf(after.id, shards)}`], moved)] : [];
};

/** counter -> its number of opportunities, and their amounts by currency */
export type Tally = Map<string, { count: number; amounts: Map<string, number> }>;

export const readTally = async (store: Store, pipelineId: string): Promise<Tally> => {
  const spread = await Promise.all(
    Array.from({ length: shards }, (_, shard) => store.counters([kind, `${pipelineId}#${shard}`])),
  );
  const tally: Tally = new Map();
  for (const [name, value] of spread.flatMap(Object.entries<number>)) {
    const at = name.lastIndexOf('#');
    const [counter, unit] = [name.slice(0, at), name.slice(at + 1)];
    const counted = tally.get(counter) ?? { count: 0, amounts: new Map() };
    if (unit === 'count') counted.count += value;
    else counted.amounts.set(unit, (counted.amounts.get(unit) ?? 0) + value);
    tally.set(counter, counted);
  }
  return tally;
};
