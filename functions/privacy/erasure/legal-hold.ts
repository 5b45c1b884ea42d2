import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import { customerOnHold } from '../errors.ts';

/** A duty to keep the data of a customer, whatever requests its erasure. */
export const LegalHold = z.object({
  id: CustomerId,
  reason: z.string(),
  until: Instant.nullable(),
  by: z.string(),
  ...stamps,
});
export type LegalHold = z.output<typeof LegalHold>;

export const legalHolds = entity('hold', LegalHold, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'profile',
  key: ({ id }: { id: string }) => ({ of: ['customer', id], part: 'hold' }),
});

export const holdsOf = (store: Store, ids: string[]) => store.getByIds(legalHolds, ids);

/** of several records that are one customer the hold that lasts longest */
export const longest = (found: LegalHold[]): LegalHold | undefined =>
  found.toSorted((a, b) => ((a.until ?? '~') < (b.until ?? '~') ? 1 : -1))[0];

/** the hold in force on one of these records, which are of one customer */
export const holdOn = async (store: Store, now: string, ids: string[]): Promise<LegalHold | undefined> =>
  longest((await holdsOf(store, ids)).filter(({ until }) => until === null || until > now));

/** Refuses while one of these records, which are of one customer, is under a legal hold. */
export const mustNotBeHeld = async (store: Store, now: string, ids: string[]) => {
  const held = await holdOn(store, now, ids);
  if (held) throw customerOnHold(undefined, { extra: { until: held.until, heldCustomer: held.id } });
};
