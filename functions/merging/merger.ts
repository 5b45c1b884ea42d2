import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Profile, StoredCustomer } from '../customers/customer.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';

export const Choices = z
  .record(z.string().max(120), z.enum(['into', 'from']))
  .refine(choices => Object.keys(choices).length <= 100, 'are more than 100');

/** That one record was merged into another, with all that it takes to take them apart again. */
export const Merger = z.object({
  id: idOf('merge'),
  into: CustomerId,
  from: CustomerId,
  /** moving: what belongs to `from` is on its way · merged: it has arrived · unmerging, unmerged: the same way back */
  state: z.enum(['moving', 'merged', 'unmerging', 'unmerged']),
  at: Instant,
  /** who asked for it */
  by: z.string(),
  why: z.array(z.string()),
  choices: Choices,
  /** the job that moves what is not moved at once */
  job: idOf('job'),
  unmergedAt: Instant.optional(),
  unmergedBy: z.string().optional(),
  /** both records as they were, and the one that stayed as it was afterwards */
  before: z.object({ into: StoredCustomer, from: StoredCustomer }),
  after: z.object(Profile.shape),
  ...stamps,
});
export type Merger = z.output<typeof Merger>;

const partOf = ({ from, id }: { from: string; id: string }) => `${from}#${id}`;

/** filed with the customer that stayed */
export const mergers = entity('merger', Merger, {
  onErase: ({ id }) => ({ emptied: [['trail', id]] }),
  key: ({ into, ...merger }: { into: string; from: string; id: string }) => ({
    of: ['merger', into],
    part: partOf(merger),
  }),
});

/** the latest merger of one customer into another */
export const mergerOf = async (store: Store, into: string, from: string): Promise<Merger | undefined> => {
  const within = { from: `${from}#`, to: `${from}$` };
  const { items } = await store.partition(['merger', into], { limit: 1, within });
  return items[0] && revive(mergers, items[0]);
};

/** a page of the mergers into a customer */
export const mergersInto = async (
  store: Store,
  into: string,
  paging: { limit: number; cursor?: string | undefined },
) => {
  const { items, nextCursor } = await store.range(['merger', into], paging);
  return { items: items.map(item => revive(mergers, item)), nextCursor };
};
