import type { Ctx } from '../shared/http/context.ts';
import { type Filed, isDerived } from '../shared/store/customer-records.ts';
import type { Item, Place } from '../shared/store/entity.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { carryAll, type Kind, kinds } from './carried.ts';
import type { Merger } from './merger.ts';
import { settleParts } from './settle-parts.ts';
import { note } from './trail.ts';

/** how much is moved at a time: parts are settled in one transaction, the rest is moved in calls of their own */
const page = { parts: 20, items: 100, carried: 20 };

/** where moving goes on: an area of what belongs to a customer, and the sort key after which */
export type At = { area: number; after: string | null };
export type Step = { next: At | null; counts: Record<string, number> };

type Doc = { customerId?: string };

/** An item as another customer's. An event was published when it happened: it is not published again. */
const asOf =
  (customerId: string) =>
  ({ publish, ...item }: Item): Item => ({
    ...item,
    ...(publish ? { published: true } : {}),
    doc: { ...(item.doc as Doc), customerId },
  });

/** gives items of one partition to the customer's partition of the same kind */
export const giveItems = (of: string, items: Item[], customerId: string, { store }: Pick<Ctx, 'store'>) =>
  store.move(items, [of, customerId], asOf(customerId));

type Done = { after: string | null; counts: Step['counts'] };
type Area = (merger: Merger, after: string | null, ctx: Ctx) => Promise<Done>;

/** partitions whose items are moved as they are; what is said of a merger itself stays where it was said */
const moving =
  (of: string, counted: string, within?: { from: string; to: string }): Area =>
  async ({ id, into, from }, after, ctx) => {
    const place: Place['of'] = [of, from];
    const part = { limit: page.items, upwards: true, ...(within ? { within } : {}), ...(after ? { after } : {}) };
    const { items, last } = await ctx.store.partition(place, part);
    const going = items.filter(({ type }) => type !== 'customer.merged-away' && type !== 'customer.restored');
    if (going.length) {
      await note(ctx, id, { what: 'items', of, sks: going.map(({ sk }) => sk) });
      await giveItems(of, going, into, ctx);
    }
    return { after: last ?? null, counts: { [counted]: going.length } };
  };

const parts: Area = async (merger, after, ctx) => {
  let counts: Step['counts'] = {};
  const settle = async () => {
    const within = { from: 'a', to: '{' };
    const part = { limit: page.parts, upwards: true, within, ...(after ? { after } : {}) };
    const { items, last } = await ctx.store.partition(['customer', merger.from], part);
    counts = await settleParts(items, merger, ctx);
    return last ?? null;
  };
  // a consent may be given, or a device identified, at the same time
  const done = await retryOnConflict(settle);
  return { after: done, counts };
};

const records: Area = async ({ id, into, from }, _, ctx): Promise<Done> => {
  const found = await ctx.store.filed(from, { limit: page.items });
  if (!found.length) return { after: null, counts: {} };
  const keyOf = ({ pk, sk, index }: Filed): Filed => ({ pk, sk, index });
  await note(ctx, id, { what: 'records', records: found.map(keyOf) });
  const give = (some: Filed[]) => ctx.store.refile(some.map(keyOf), { from, to: into });
  const moved = await give(found.filter(one => !isDerived(one)));
  const along = await give(found.filter(isDerived));
  // what has moved is no longer found: the next look begins anew, unless nothing is left to move
  return { after: found.length === page.items && moved + along > 0 ? 'more' : null, counts: { records: moved } };
};

const carrying =
  (kind: Kind): Area =>
  async ({ id, into, from }, after, ctx) => {
    const { keysOf } = kinds[kind];
    const { items, nextCursor } = await keysOf(ctx.store, from, { limit: page.carried, cursor: after ?? undefined });
    if (items.length) await note(ctx, id, { what: 'carried', kind, keys: items });
    const carried = await carryAll(kind, items, { from, to: into }, ctx);
    return { after: nextCursor, counts: { [`${kind}s`]: carried } };
  };

const areas: Area[] = [
  parts,
  ...(Object.keys(kinds) as Kind[]).map(carrying),
  records,
  moving('customer', 'events', { from: '@', to: '@:' }),
  moving('decision', 'decisions'),
  moving('consent-history', 'words'),
  moving('contact', 'sends', { from: 'send#', to: 'send$' }),
];

/** Moves a page of what belongs to the record that was merged away. Again is harmless: what has moved is no longer there. */
export const rehome = async (merger: Merger, at: At | null, ctx: Ctx): Promise<Step> => {
  const { area, after } = at ?? { area: 0, after: null };
  const done = await areas[area]?.(merger, after, ctx);
  if (done?.after) return { next: { area, after: done.after }, counts: done.counts };
  const next = area + 1 < areas.length ? { area: area + 1, after: null } : null;
  return { next, counts: done?.counts ?? {} };
};
