import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { replyGone } from '../../shared/http/idempotency.ts';
import { add, type Change, drop, put, remove, replace } from '../../shared/store/changes.ts';
import type { FiledAt } from '../../shared/store/customer-records.ts';
import type { Item } from '../../shared/store/entity.ts';
import { eraseItem } from './erase-item.ts';
import { type Erasure, tallyOf } from './erasure.ts';
import { isInUse } from './in-use.ts';
import { filedByBoth, listedByCustomer } from './rules.ts';
import { toVisit, type Visit, visits, type Where } from './visit.ts';

/** read at a time, and writes of one transaction that are left to what is found */
const page = 60;
const room = 85;

type Batch = { changes: Change[]; counts: Record<string, number>; taken: number };

/** as many of the items as one transaction takes, with what is found further */
const batchOf = async (items: Item[], erasure: Erasure, ctx: Ctx): Promise<Batch> => {
  const batch: Batch = { changes: [], counts: {}, taken: 0 };
  const found = new Map<string, Where>();
  let writes = 0;
  for (const item of items) {
    const done = await eraseItem(item, erasure, ctx);
    for (const where of done.visits) found.set(JSON.stringify(where), where);
    writes += done.writes;
    if (batch.taken && writes + found.size > room) break;
    batch.taken++;
    batch.changes.push(...done.changes);
    for (const where of done.visits) batch.changes.push(toVisit(erasure.id, where));
    if (done.counted) batch.counts[done.counted] = (batch.counts[done.counted] ?? 0) + 1;
  }
  return { ...batch, changes: once(batch.changes) };
};

/** a transaction touches an item once: a place to visit that several items lead to is noted once */
const once = (changes: Change[]) => [
  ...new Map(
    changes.map((change, nth) => [
      change.do === 'put' && change.entity === visits ? (change.value as Visit).id : `#${nth}`,
      change,
    ]),
  ).values(),
];

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);

type Outcome = { changes: Change[]; counts: Record<string, number>; rest: Where | undefined };

/** does it, counts it and notes how far the visit is, all in one transaction; gives how much was found */
const settle = async (visit: Visit, { changes, counts, rest }: Outcome, { store }: Ctx) => {
  const found = total(counts);
  await store.commit([
    ...changes.filter(change => !(change.do === 'put' && (change.value as Visit).id === visit.id)),
    rest ? put(visits, { ...visit, where: rest }) : remove(visits, visit),
    ...(found ? [add(tallyOf(visit.erasureId), counts)] : []),
  ]);
  return found;
};

type Of<F extends Where['find']> = Extract<Where, { find: F }>;
type CarryOut<F extends Where['find']> = (where: Of<F>, erasure: Erasure, ctx: Ctx) => Promise<Outcome>;

const only = (about: string) => ({
  filter: { FilterExpression: 'doc.about = :about', ExpressionAttributeValues: { ':about': about } },
});

const inPartition: CarryOut<'partition'> = async (where, erasure, ctx) => {
  const { of, about, after } = where;
  const part = { limit: page, upwards: true, expired: true, ...(after ? { after } : {}) };
  const { items, last } = await ctx.store.partition(of, about ? { ...part, ...only(about) } : part);
  const { taken, ...batch } = await batchOf(items, erasure, ctx);
  const upTo = taken < items.length ? items[taken - 1]?.sk : last;
  return { ...batch, rest: upTo ? { ...where, after: upTo } : undefined };
};

const filed: CarryOut<'filed'> = async (where, erasure, ctx) => {
  const at = where.at as FiledAt | undefined;
  // few enough for one transaction, whatever they are
  const { items, after } = await ctx.store.filedItems(where.customerId, {
    kinds: listedByCustomer,
    limit: 12,
    after: at,
  });
  const { taken, ...batch } = await batchOf(items, erasure, ctx);
  const rest = taken < items.length ? where : after && { ...where, at: after };
  return { ...batch, rest };
};

const listed: CarryOut<'listed'> = async (where, erasure, ctx) => {
  const { kind, customerId, cursor } = where;
  const entity = filedByBoth.find(one => one.kind === kind);
  if (!entity) return { changes: [], counts: {}, rest: undefined };
  const { items: ids, nextCursor } = await ctx.store.lookup(entity, 'customer', customerId, {
    limit: 10,
    ...(cursor ? { cursor } : {}),
  });
  const items = (
    await Promise.all(ids.map(id => ctx.store.parts(entity.key({ id }).of, [entity.key({ id }).part])))
  ).flat();
  const { taken, ...batch } = await batchOf(items, erasure, ctx);
  const rest = taken < items.length ? where : nextCursor ? { ...where, cursor: nextCursor } : undefined;
  return { ...batch, rest };
};

const counted = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

/** a kept reply that says nothing of the customer any more, or only that it is erased */
const isClean = ({ reply }: Item, { id }: Erasure) => {
  const { statusCode, body = '' } = (reply ?? {}) as { statusCode?: number; body?: string };
  return statusCode === 410 || body.includes(id);
};

/** kept replies that tell of the customer: who repeats the request is told that it was erased */
const traces: CarryOut<'traces'> = async (where, erasure, { store }) => {
  const { of, subject, after } = where;
  const part = { limit: 20, upwards: true, expired: true, ...(after ? { after } : {}) };
  const { items: notes, last } = await store.partition(of, part);
  const own = of[1] === subject;
  const replies = (await store.itemsAt(notes.map(({ target }) => target as Item)))
    .filter(item => own || JSON.stringify(item).includes(subject))
    .filter(item => !isClean(item, erasure));
  const changes = [...replies.map(item => replace(replyGone(item))), ...(own ? notes.map(drop) : [])];
  return { changes, counts: counted({ replies: replies.length }), rest: last ? { ...where, after: last } : undefined };
};

/** files that nothing works on; those of a job that runs are looked at again when it has ended */
const files: CarryOut<'files'> = async (where, _, ctx) => {
  const store = filesOf(ctx.tenant, { short: where.short });
  let count = 0;
  let next: string | undefined;
  do {
    const found = await store.list(where.folder, next);
    for (const path of found.paths) {
      if (where.short && (await isInUse(path, ctx))) continue;
      await store.remove(path);
      count++;
    }
    next = found.next;
  } while (next);
  return { changes: [], counts: counted({ files: count }), rest: undefined };
};

const ways = { partition: inPartition, filed, listed, traces, files } as unknown as Record<
  Where['find'],
  CarryOut<Where['find']>
>;

/** Goes through a page of a place. Again is harmless: what was there is there no more. */
export const carryOut = async (visit: Visit, erasure: Erasure, ctx: Ctx): Promise<number> =>
  settle(visit, await ways[visit.where.find](visit.where as never, erasure, ctx), ctx);
