import { add, type Change } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import type { Opportunity } from './opportunity.ts';

/** A counter item takes one transaction at a time: a pipeline's counters are spread over several. */
const shards = 8;
const kind = 'opportunity-tally';

type Counted = Pick<Opportunity, 'id' | 'pipelineId' | 'stage' | 'status' | 'amount'>;

// every id ends with random letters
const shardOf = (id: string) => id.charCodeAt(id.length - 1) % shards;

/** under which name it is counted: its stage, won or lost */
export const placeOf = ({ status, stage }: Pick<Counted, 'status' | 'stage'>) =>
  status === 'open' ? `open#${stage}` : status;

const countsOf = (counted: Counted | undefined): Record<string, number> => {
  if (!counted) return {};
  const place = placeOf(counted);
  const { amount } = counted;
  return { [`${place}#count`]: 1, ...(amount ? { [`${place}#${amount.currency}`]: amount.amount } : {}) };
};

/** Carries an opportunity from where it was counted to where it is now, in the transaction that moves it. */
export const tally = (before: Counted | undefined, after: Counted): Change[] => {
  const by = countsOf(after);
  for (const [name, count] of Object.entries(countsOf(before))) by[name] = (by[name] ?? 0) - count;
  const moved = Object.fromEntries(Object.entries(by).filter(([, count]) => count !== 0));
  return Object.keys(moved).length ? [add([kind, `${after.pipelineId}#${shardOf(after.id)}`], moved)] : [];
};

/** place -> how many are there, and their amounts by currency */
export type Tallied = Map<string, { count: number; amounts: Map<string, number> }>;

/** a pipeline's counters, read in as many calls as they are spread over, whatever they count */
export const readTally = async (store: Store, pipelineId: string): Promise<Tallied> => {
  const spread = await Promise.all(
    Array.from({ length: shards }, (_, shard) => store.counters([kind, `${pipelineId}#${shard}`])),
  );
  const tallied: Tallied = new Map();
  for (const [name, value] of spread.flatMap(Object.entries<number>)) {
    const at = name.lastIndexOf('#');
    const place = name.slice(0, at);
    const what = name.slice(at + 1);
    const there = tallied.get(place) ?? { count: 0, amounts: new Map() };
    if (what === 'count') there.count += value;
    else there.amounts.set(what, (there.amounts.get(what) ?? 0) + value);
    tallied.set(place, there);
  }
  return tallied;
};
