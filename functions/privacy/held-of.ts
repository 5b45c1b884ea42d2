import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { FiledAt } from '../shared/store/customer-records.ts';
import type { Item } from '../shared/store/entity.ts';
import { eraseItem } from './erasure/erase-item.ts';
import type { Erasure } from './erasure/erasure.ts';
import { everywhere } from './erasure/everywhere.ts';
import { mergedWith } from './erasure/merged-with.ts';
import { filedByBoth, listedByCustomer } from './erasure/rules.ts';
import type { Where } from './erasure/visit.ts';

const page = 200;

type Of<F extends Where['find']> = Extract<Where, { find: F }>;
type Looked = { items: Item[]; files?: string[]; rest?: Where | undefined };
type Look<F extends Where['find']> = (where: Of<F>, ctx: Ctx) => Promise<Looked>;

const inPartition: Look<'partition'> = async (where, { store }) => {
  const { of, about, after } = where;
  const { items, last } = await store.partition(of, { limit: page, upwards: true, ...(after ? { after } : {}) });
  const own = about ? items.filter(({ doc }) => (doc as { about?: string }).about === about) : items;
  return { items: own, rest: last ? { ...where, after: last } : undefined };
};

const filed: Look<'filed'> = async (where, { store }) => {
  const at = where.at as FiledAt | undefined;
  const { items, after } = await store.filedItems(where.customerId, {
    kinds: listedByCustomer,
    limit: page,
    after: at,
  });
  return { items, rest: after && { ...where, at: after } };
};

const listed: Look<'listed'> = async (where, { store }) => {
  const { kind, customerId, cursor } = where;
  const entity = filedByBoth.find(one => one.kind === kind);
  if (!entity) return { items: [] };
  const found = await store.lookup(entity, 'customer', customerId, { limit: page, ...(cursor ? { cursor } : {}) });
  const places = found.items.map(id => entity.key({ id }));
  const items = (await Promise.all(places.map(({ of, part }) => store.parts(of, [part])))).flat();
  return { items, rest: found.nextCursor ? { ...where, cursor: found.nextCursor } : undefined };
};

/** kept files; uploads and the like are not a customer's */
const inFolder: Look<'files'> = async ({ folder, short }, { tenant }) => {
  if (short) return { items: [] };
  const { paths } = await filesOf(tenant).list(folder);
  return { items: [], files: paths };
};

const ways = {
  partition: inPartition,
  filed,
  listed,
  files: inFolder,
  // replies that are kept for repeated requests say what is found elsewhere too
  traces: async () => ({ items: [] }),
} as unknown as Record<Where['find'], Look<Where['find']>>;

/** what an erasure would be told of, where nothing is erased */
const nominal = (customerId: string, now: string) => ({ id: '', customerId, at: now }) as unknown as Erasure;

const named = (where: Where) => JSON.stringify(where);

/**
 * Everything that is held of a customer and of those merged into it, page by page: exactly what an erasure would go through,
 * so that whatever is covered by the one is told by the other.
 */
export async function* heldOf(id: string, ctx: Ctx): AsyncGenerator<Required<Pick<Looked, 'items' | 'files'>>> {
  const erasure = nominal(id, ctx.now);
  const open = [id, ...(await mergedWith(ctx.store, id))].flatMap(everywhere);
  const seen = new Set(open.map(named));
  const told = new Set<string>();
  for (let where = open.shift(); where; where = open.shift()) {
    const { items, files = [], rest } = await ways[where.find](where as never, ctx);
    if (rest) open.unshift(rest);
    const fresh = items.filter(({ pk, sk }) => !told.has(`${pk} ${sk}`));
    for (const { pk, sk } of fresh) told.add(`${pk} ${sk}`);
    const further = await Promise.all(fresh.map(item => eraseItem(item, erasure, ctx)));
    for (const next of further.flatMap(({ visits }) => visits)) {
      if (seen.has(named(next))) continue;
      seen.add(named(next));
      open.push(next);
    }
    yield { items: fresh, files };
  }
}
