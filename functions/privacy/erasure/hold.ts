import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';

/** A duty to keep what is known of a customer, whoever asks for its erasure. */
export const Hold = z.object({
  id: CustomerId,
  reason: z.string(),
  /** null: until it is released */
  until: Instant.nullable(),
  by: z.string(),
  ...stamps,
});
export type Hold = z.output<typeof Hold>;

export const holds = entity('hold', Hold, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'profile',
  key: ({ id }: { id: string }) => ({ of: ['customer', id], part: 'hold' }),
});

const counts = ({ until }: Hold, now: string) => until === null || until > now;

/** of several records that are one customer the hold that lasts longest */
export const strictest = (found: Hold[]): Hold | undefined =>
  found.toSorted((a, b) => ((a.until ?? '~') < (b.until ?? '~') ? 1 : -1))[0];

/** the hold that counts for one of these records, which are of one customer, if any does */
export const holdOn = async (store: Store, now: string, ids: string[]): Promise<Hold | undefined> => {
  const found = await store.getAll(
    holds,
    ids.map(id => ({ id })),
  );
  return strictest(found.filter(hold => counts(hold, now)));
};

/** Refuses while one of these records, which are of one customer, must be kept. */
export const mustBeFree = async (store: Store, now: string, ids: string[]) => {
  const held = await holdOn(store, now, ids);
  if (!held) return;
  const extra = { until: held.until, heldCustomer: held.id };
  throw new ApiError('conflict', 'customer.on-hold', 'there is a duty to keep this customer: release the hold first', {
    extra,
  });
};
