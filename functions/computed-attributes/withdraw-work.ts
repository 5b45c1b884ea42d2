import { computedSource, isComputed } from '../customers/attributes/definitions.ts';
import { originOf } from '../customers/attributes/origins.ts';
import { customers, isActive } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Work } from '../shared/jobs/work.ts';
import { type Change, remove } from '../shared/store/changes.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { plus } from '../shared/time/duration.ts';
import { withComputed } from './shown-values.ts';
import { tallies } from './tally.ts';

/** customers a slice */
const slice = 50;

/** by then every event that was heard before has been counted */
const stragglersAfter = 'PT1M';

type Withdrawal = { id: string; attribute: string };
type At = { pass: number; after: string | null };

/** takes a value that was computed, and what it was computed by, from a customer; tells whether there was any */
const withdrawFrom = async (customerId: string, { id, attribute }: Withdrawal, { now, store }: Ctx) => {
  const [customer, tally, settings] = await Promise.all([
    store.get(customers, { id: customerId }),
    store.get(tallies, { customerId, attribute }),
    settingsOf(store),
  ]);
  // computed again by then
  if (!customer || !isActive(customer) || (tally && tally.of > id)) return false;
  const isOurs = originOf(customer, attribute).source === computedSource;
  const value = isOurs ? withComputed(now, customer, [{ attribute, value: undefined }], settings).changes : [];
  const changes: Change[] = [...(tally ? [remove(tallies, tally)] : []), ...value];
  if (changes.length) await store.commit(changes);
  return changes.length > 0;
};

/** Takes the values of an attribute that is not computed any more from all customers, twice. */
export const withdrawWork: Work = {
  async slice({ id, input, cursor }, ctx) {
    const { attribute } = input as { attribute: string };
    const { definitions } = await settingsOf(ctx.store);
    // declared as computed again: that goes through all customers itself
    if (definitions.some(one => one.attribute === attribute && isComputed(one))) return { cursor: null };
    const { pass, after } = (cursor as At | null) ?? { pass: 1, after: null };
    const page = await ctx.store.list(customers, 'all', 'all', { limit: slice, cursor: after ?? undefined });
    let withdrawn = 0;
    for (const customer of page.items) {
      if (await retryOnConflict(() => withdrawFrom(customer.id, { id, attribute }, ctx), isConflict)) withdrawn++;
    }
    const counts = { looked: page.items.length, withdrawn };
    if (page.nextCursor) return { cursor: { pass, after: page.nextCursor }, counts };
    if (pass === 2) return { cursor: null, counts };
    return { cursor: { pass: 2, after: null }, at: plus(ctx.now, stragglersAfter), counts };
  },
};
