import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Profile, StoredCustomer } from '../customers/customer.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity, revive } from '../shared/store/entity.ts';
import type { Paging, Store } from '../shared/store/store.ts';

export const Choices = z
  .record(z.string().max(120), z.enum(['into', 'from']))
  .refine(choices => Object.keys(choices).length <= 100, 'has more than 100 entries');

/** That one record was merged into another, with everything that it takes to undo it. */
export const Merge = z.object({
  id: idOf('merge'),
  into: CustomerId,
  from: CustomerId,
  /** moving: records of `from` are being moved · merged: all are moved · unmerging, unmerged: the same back */
  state: z.enum(['moving', 'merged', 'unmerging', 'unmerged']),
  at: Instant,
  by: z.string(),
  why: z.array(z.string()),
  choices: Choices,
  /** the job that moves what the request does not */
  job: idOf('job'),
  unmergedAt: Instant.optional(),
  unmergedBy: z.string().optional(),
  /** both records before the merge, and the profile of the one that stayed after it */
  before: z.object({ into: StoredCustomer, from: StoredCustomer }),
  after: z.object(Profile.shape),
  ...stamps,
});
export type Merge = z.output<typeof Merge>;

/** in a partition of the customer that stayed */
export const merges = entity('merge', Merge, {
  onErase: ({ id }) => ({ emptied: [['merge-log', id]] }),
  onMerge: 'stay',
  key: ({ into, from, id }: { into: string; from: string; id: string }) => ({
    of: ['merge', into],
    part: `${from}#${id}`,
  }),
});

export const latestMerge = async (store: Store, into: string, from: string): Promise<Merge | undefined> => {
  const within = { from: `${from}#`, to: `${from}$` };
  const { items } = await store.partition(['merge', into], { limit: 1, within });
  return items[0] && revive(merges, items[0]);
};

export const mergesInto = async (store: Store, into: string, paging: Paging) => {
  const { items, nextCursor } = await store.range(['merge', into], paging);
  return { items: items.map(item => revive(merges, item)), nextCursor };
};

export const isUnderWay = ({ state }: Pick<Merge, 'state'>) => state === 'moving' || state === 'unmerging';

const mergedIdentifiers = ({ mergedIdentifiers: all }: StoredCustomer) => Object.values(all ?? {}).flat().length;

/** Which of two records stays when they are merged: the one that more records were merged into, else the older. */
export const pickSurvivor = (a: StoredCustomer, b: StoredCustomer) => {
  const [ofA, ofB] = [mergedIdentifiers(a), mergedIdentifiers(b)];
  if (ofA !== ofB) return ofA > ofB ? a : b;
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? a : b;
  return a.id < b.id ? a : b;
};
