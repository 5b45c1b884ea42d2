import type { Ctx } from '../shared/http/context.ts';
import type { Filed } from '../shared/store/customer-records.ts';
import { type Item, revive } from '../shared/store/entity.ts';
import { allEvents } from '../shared/store/filters.ts';
import type { MovedPartition } from '../shared/store/merge.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { logged, type Merge, type MergeStep } from './merge.ts';
import { isDerived, listed, movedSingly, partitions, parts } from './merge-rules.ts';

/** how much is moved at a time: parts are merged in one transaction, everything else in calls of their own */
const page = { parts: 20, items: 100, records: 20 };

/** where moving continues: an area of the customer's records, and the key after which */
export type At = { area: number; after: string | null };
export type Moved = { next: At | null; counts: Record<string, number> };

type Area = (
  merge: Merge,
  after: string | null,
  ctx: Ctx,
) => Promise<{ after: string | null; counts: Moved['counts'] }>;

const log = ({ now, store }: Ctx, { id }: Merge, step: MergeStep['step']) => store.commit([logged(now, id, step)]);

/** an item as another customer's; an event that was to be published is not published again */
const asOf =
  (customerId: string) =>
  ({ publish, ...item }: Item): Item => ({
    ...item,
    ...(publish ? { published: true } : {}),
    doc: { ...(item.doc as object), customerId },
  });

export const moveItems = (of: string, items: Item[], customerId: string, { store }: Pick<Ctx, 'store'>) =>
  store.move(items, [of, customerId], asOf(customerId));

/** moves records of a kind one after the other, as one may be in the way of the next; how many were moved */
export const moveAll = async (
  kind: string,
  keys: string[],
  move: { from: Merge['from']; to: Merge['into'] },
  ctx: Ctx,
) => {
  const { rule } = movedSingly.get(kind)!;
  let moved = 0;
  for (const key of keys) if (await retryOnConflict(() => rule.move(key, move, ctx))) moved++;
  return moved;
};

/** events about the merge itself stay where they are */
const isOfMerge = ({ type }: Item) => type === 'customer.merged-away' || type === 'customer.restored';

const partition =
  ({ partition: of, within, counted }: MovedPartition): Area =>
  async (merge, after, ctx) => {
    const part = { limit: page.items, upwards: true, ...(within ? { within } : {}), ...(after ? { after } : {}) };
    const { items, last } = await ctx.store.partition([of, merge.from], part);
    const moving = items.filter(item => !isOfMerge(item));
    if (moving.length) {
      await log(ctx, merge, { what: 'items', of, sks: moving.map(({ sk }) => sk) });
      await moveItems(of, moving, merge.into, ctx);
    }
    return { after: last ?? null, counts: { [counted]: moving.length } };
  };

/** merges some of the parts of the customer's partition, and logs how, in one transaction */
const mergeSome = async (items: Item[], { id, into }: Merge, ctx: Ctx): Promise<Moved['counts']> => {
  const merged = await Promise.all(
    items.map(async ({ kind, ...item }) => {
      const { entity, rule } = parts.get(kind as string) ?? {};
      const { changes, undo } = (entity && (await rule?.merge(revive(entity, item), into, ctx))) ?? { changes: [] };
      return { kind: kind as string, changes, undo, counted: rule?.counted };
    }),
  );
  const changes = merged.flatMap(one => one.changes);
  if (!changes.length) return {};
  const undoable = merged.filter(({ undo }) => undo !== undefined);
  const log = undoable.map(({ kind, undo }) => ({ kind, undo }));
  await ctx.store.commit([...changes, logged(ctx.now, id, { what: 'parts', parts: log })]);
  const counts: Moved['counts'] = {};
  for (const { counted } of undoable) if (counted) counts[counted] = (counts[counted] ?? 0) + 1;
  return counts;
};

/** a consent may be given, or a device identified, at the same time */
const mergeParts: Area = (merge, after, ctx) =>
  retryOnConflict(async () => {
    const part = { limit: page.parts, upwards: true, within: { from: 'a', to: '{' }, ...(after ? { after } : {}) };
    const { items, last } = await ctx.store.partition(['customer', merge.from], part);
    return { after: last ?? null, counts: await mergeSome(items, merge, ctx) };
  });

const refile: Area = async (merge, _, ctx) => {
  const { from, into: to } = merge;
  const found = await ctx.store.filed(from, { kinds: listed, limit: page.items });
  // the index may still show what was moved a moment ago one by one, and is moved back so
  const own = found.filter(({ kind }) => !movedSingly.has(kind));
  if (!own.length) return { after: null, counts: { records: 0 } };
  await log(ctx, merge, { what: 'records', records: own });
  const move = (records: Filed[]) => ctx.store.refile(records, { from, to });
  const records = await move(own.filter(one => !isDerived(one)));
  const derived = await move(own.filter(isDerived));
  // moved records are no longer found: the next page is the first one again, unless nothing could be moved
  return { after: found.length === page.items && records + derived > 0 ? 'more' : null, counts: { records } };
};

const oneByOne =
  (kind: string): Area =>
  async (merge, after, ctx) => {
    const { keysOf } = movedSingly.get(kind)!.rule;
    const paging = { limit: page.records, cursor: after ?? undefined };
    const { items, nextCursor } = await keysOf(ctx.store, merge.from, paging);
    if (items.length) await log(ctx, merge, { what: 'moved', kind, keys: items });
    const moved = await moveAll(kind, items, { from: merge.from, to: merge.into }, ctx);
    return { after: nextCursor, counts: { [`${kind}s`]: moved } };
  };

const areas: Area[] = [
  mergeParts,
  ...[...movedSingly.keys()].map(oneByOne),
  refile,
  partition({ partition: 'customer', within: allEvents, counted: 'events' }),
  ...partitions.map(partition),
];

/** Moves a page of the records of the merged customer. Repeating it is harmless: moved records are not found again. */
export const moveRecords = async (merge: Merge, at: At | null, ctx: Ctx): Promise<Moved> => {
  const { area, after } = at ?? { area: 0, after: null };
  const done = await areas[area]?.(merge, after, ctx);
  const counts = done?.counts ?? {};
  if (done?.after) return { next: { area, after: done.after }, counts };
  return { next: area + 1 < areas.length ? { area: area + 1, after: null } : null, counts };
};
