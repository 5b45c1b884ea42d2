import { isDeepStrictEqual } from 'node:util';
import type { Ctx } from '../../shared/http/context.ts';
import type { Work } from '../../shared/jobs/work.ts';
import { update, updated } from '../../shared/store/changes.ts';
import { isConflict } from '../../shared/store/retry-on-conflict.ts';
import { plus } from '../../shared/time/duration.ts';
import { customers, type StoredCustomer } from '../customer.ts';
import { profileOf } from '../profile.ts';
import { type CustomerSettings, settingsOf } from '../settings.ts';
import { lookupsOf } from './attribute-lookups.ts';

const mostCustomers = 50;

const secondPassAfter = 'PT1M';

type Cursor = { pass: number; after: string | null };

/** whether it was changed; a concurrent change of the customer indexes it itself, else the second pass does */
const reindex = async (customer: StoredCustomer, settings: CustomerSettings, { now, store }: Ctx) => {
  const lookups = lookupsOf(settings, profileOf(customer));
  if (isDeepStrictEqual(lookups, customer.lookups ?? [])) return false;
  const { lookups: _, ...rest } = customer;
  const after = updated(now, { ...rest, ...(lookups.length ? { lookups } : {}) } as StoredCustomer, {});
  try {
    await store.commit([update(customers, customer, { ...after, updatedAt: customer.updatedAt })]);
    return true;
  } catch (error) {
    if (!isConflict(error)) throw error;
    return false;
  }
};

/** Indexes all customers by their values of the indexed attributes, in two passes. */
export const indexAttributes: Work = {
  async slice({ cursor }, ctx) {
    const { pass, after } = (cursor as Cursor | null) ?? { pass: 1, after: null };
    const [page, settings] = await Promise.all([
      ctx.store.list(customers, 'all', 'all', { limit: ctx.perSlice(mostCustomers), cursor: after ?? undefined }),
      settingsOf(ctx.store),
    ]);
    let count = 0;
    for (const customer of page.items) if (await reindex(customer, settings, ctx)) count++;
    const counts = { looked: page.items.length, indexed: count };
    if (page.nextCursor) return { cursor: { pass, after: page.nextCursor }, counts };
    if (pass === 2) return { cursor: null, counts };
    return { cursor: { pass: 2, after: null }, at: plus(ctx.now, secondPassAfter), counts };
  },
};
