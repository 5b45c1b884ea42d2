import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { replyGone } from '../../shared/http/idempotency.ts';
import { add, type Change, drop, put, remove, replace, updatedRecord } from '../../shared/store/changes.ts';
import type { Item } from '../../shared/store/entity.ts';
import { eraseItem } from './erase-item.ts';
import { type Erasure, tallyOf } from './erasure.ts';
import { type Location, type PendingLocation, pendingAt, pendingLocations } from './location.ts';
import { isInUse, readItems } from './locations.ts';

/** items of a page; few enough for one transaction where each may lead to many writes */
const limits = { partition: 60, filed: 12, listed: 10, traces: 20 };

/** writes of one transaction, with room for the rest of it */
const mostWrites = 85;

type Outcome = {
  changes: Change[];
  counts: Record<string, number>;
  /** further locations, each once, by id: a transaction writes an item once */
  found?: Map<string, PendingLocation>;
  rest: Location | undefined;
};

/** Erases as many of some items as fit into a transaction. */
const eraseSome = async (items: Item[], erasure: Erasure, ctx: Ctx) => {
  const changes: Change[] = [];
  const counts: Record<string, number> = {};
  let found = new Map<string, PendingLocation>();
  const updatedRecords = new Set<string>();
  let [taken, writes] = [0, 0];
  for (const item of items) {
    const erased = await eraseItem(item, erasure, ctx);
    const further = erased.locations.map(where => pendingAt(erasure.id, where));
    const all = new Map([...found, ...further.map(one => [one.id, one] as const)]);
    writes += erased.changes.length + erased.lookups;
    const records = erased.changes.flatMap(updatedRecord);
    if (taken && (writes + all.size > mostWrites || records.some(one => updatedRecords.has(one)))) break;
    taken++;
    for (const one of records) updatedRecords.add(one);
    found = all;
    changes.push(...erased.changes);
    if (erased.counted) counts[erased.counted] = (counts[erased.counted] ?? 0) + 1;
  }
  return { taken, changes, counts, found };
};

/** a stored reply without the customer's data: only its id, or that it is erased */
const isClean = ({ reply }: Item, { id }: Erasure) => {
  const { statusCode, body = '' } = (reply ?? {}) as { statusCode?: number; body?: string };
  return statusCode === 410 || body.includes(id);
};

type Of<F extends Location['find']> = Extract<Location, { find: F }>;

/** Stored replies with data of the customer: repeated requests get 410 instead. */
const eraseReplies = async (where: Of<'traces'>, erasure: Erasure, { store }: Ctx): Promise<Outcome> => {
  const { of, subject, after } = where;
  const part = { limit: limits.traces, upwards: true, expired: true, after };
  const { items: traces, last } = await store.partition(of, part);
  const own = of[1] === subject;
  const replies = (await store.itemsAt(traces.map(({ target }) => target as Item)))
    .filter(item => own || JSON.stringify(item).includes(subject))
    .filter(item => !isClean(item, erasure));
  const changes = [...replies.map(item => replace(replyGone(item))), ...(own ? traces.map(drop) : [])];
  return { changes, counts: { replies: replies.length }, rest: last ? { ...where, after: last } : undefined };
};

const eraseFiles = async ({ folder, short }: Of<'files'>, ctx: Ctx): Promise<Outcome> => {
  const store = filesOf(ctx.tenant, { short });
  let files = 0;
  let next: string | undefined;
  do {
    const found = await store.list(folder, next);
    for (const path of found.paths) {
      if (short && (await isInUse(path, ctx))) continue;
      await store.remove(path);
      files++;
    }
    next = found.next;
  } while (next);
  return { changes: [], counts: { files }, rest: undefined };
};

const outcomeAt = async (where: Location, erasure: Erasure, ctx: Ctx): Promise<Outcome> => {
  if (where.find === 'traces') return eraseReplies(where, erasure, ctx);
  if (where.find === 'files') return eraseFiles(where, ctx);
  const { items, rest } = await readItems(where, ctx, { limits, expired: true });
  const { taken, ...erased } = await eraseSome(items, erasure, ctx);
  return { ...erased, rest: rest(taken) };
};

/** Erases a page of a location, counts it and stores how far it is, in one transaction; returns how much was found. */
export const eraseAt = async (location: PendingLocation, erasure: Erasure, ctx: Ctx): Promise<number> => {
  const { changes, counts, found = new Map(), rest } = await outcomeAt(location.where, erasure, ctx);
  found.delete(location.id);
  const counted = Object.entries(counts).filter(([, count]) => count > 0);
  await ctx.store.commit([
    ...changes,
    ...[...found.values()].map(one => put(pendingLocations, one)),
    rest ? put(pendingLocations, { ...location, where: rest }) : remove(pendingLocations, location),
    ...(counted.length ? [add(tallyOf(erasure.id), Object.fromEntries(counted))] : []),
  ]);
  return counted.reduce((total, [, count]) => total + count, 0);
};
