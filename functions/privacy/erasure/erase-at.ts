import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { replyGone } from '../../shared/http/idempotency.ts';
import { add, type Change, drop, put, remove, replace } from '../../shared/store/changes.ts';
import type { Item } from '../../shared/store/entity.ts';
import { eraseItem } from './erase-item.ts';
import { type Erasure, tallyOf } from './erasure.ts';
import { isInUse, type Location, type PendingLocation, pending, pendingLocations, readItems } from './locations.ts';

/** items of a page; few enough for one transaction where each may lead to many writes */
const limits = { partition: 60, filed: 12, listed: 10, traces: 20 };

/** writes of one transaction, with room for the rest of it */
const mostWrites = 85;

/** a transaction writes an item once: a location that several items lead to is added once */
const distinct = (changes: Change[]) => [
  ...new Map(
    changes.map((change, nth) => [
      change.do === 'put' && change.entity === pendingLocations ? (change.value as PendingLocation).id : `#${nth}`,
      change,
    ]),
  ).values(),
];

const batchOf = async (items: Item[], erasure: Erasure, ctx: Ctx) => {
  const changes: Change[] = [];
  const counts: Record<string, number> = {};
  const found = new Set<string>();
  let [taken, writes] = [0, 0];
  for (const item of items) {
    const erased = await eraseItem(item, erasure, ctx);
    for (const where of erased.locations) found.add(JSON.stringify(where));
    writes += erased.writes;
    if (taken && writes + found.size > mostWrites) break;
    taken++;
    changes.push(...erased.changes, ...erased.locations.map(where => pending(erasure.id, where)));
    if (erased.counted) counts[erased.counted] = (counts[erased.counted] ?? 0) + 1;
  }
  return { taken, changes: distinct(changes), counts };
};

type Outcome = { changes: Change[]; counts: Record<string, number>; rest: Location | undefined };

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
  const { taken, changes, counts } = await batchOf(items, erasure, ctx);
  return { changes, counts, rest: rest(taken) };
};

/** Erases a page of a location, counts it and stores how far it is, in one transaction; returns how much was found. */
export const eraseAt = async (location: PendingLocation, erasure: Erasure, ctx: Ctx): Promise<number> => {
  const { changes, counts, rest } = await outcomeAt(location.where, erasure, ctx);
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  const isSame = (change: Change) => change.do === 'put' && (change.value as PendingLocation).id === location.id;
  await ctx.store.commit([
    ...changes.filter(change => !isSame(change)),
    rest ? put(pendingLocations, { ...location, where: rest }) : remove(pendingLocations, location),
    ...(found.length ? [add(tallyOf(erasure.id), Object.fromEntries(found))] : []),
  ]);
  return found.reduce((total, [, count]) => total + count, 0);
};
