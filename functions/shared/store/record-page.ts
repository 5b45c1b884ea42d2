import { type Entity, type Place, revive } from './entity.ts';
import type { Page, Paging, Store } from './store.ts';

type Range = { within?: { from: string; to: string }; upwards?: boolean };
type Part = Paging & Range & Pick<Parameters<Store['range']>[1], 'filter'>;

type Listing = { params: Record<string, string>; query: Paging };

/** The handler that lists the parts of a record, the latest first. */
export const listParts =
  <T, W, K>(whole: Entity<W, { id: string }>, parts: Entity<T, K>, within: { from: string; to: string }) =>
  async ({ params: { id = '' }, query }: Listing, { store }: { store: Store }): Promise<Page<T>> => {
    await store.need(whole, { id });
    return recordPage(store, parts, [whole.kind, id], { ...query, within });
  };

/** The handler that lists records that share one partition, by id. */
export const listShared =
  <T, K>(entity: Entity<T, K>) =>
  ({ query }: { query: Paging }, { store }: { store: Store }): Promise<Page<T>> =>
    recordPage(store, entity, [entity.kind, 'all'], { ...query, upwards: true });

/** all records in a partition, read page by page as they are used */
export async function* everyRecord<T, K>(
  store: Store,
  entity: Entity<T, K>,
  of: Place['of'],
  { limit = 500, ...range }: Range & { limit?: number } = {},
): AsyncGenerator<T> {
  let after: string | undefined;
  do {
    const { items, last } = await store.partition(of, { limit, ...range, after });
    for (const item of items) yield revive(entity, item);
    after = last;
  } while (after);
}

/** all records of a kind that share one partition, read consistently */
export const allOf = <T>(store: Store, entity: Entity<T, { id: string }>): Promise<T[]> =>
  Array.fromAsync(everyRecord(store, entity, [entity.kind, 'all'], { upwards: true }));

export const recordPage = async <T, K>(
  store: Store,
  entity: Entity<T, K>,
  of: Place['of'],
  part: Part,
): Promise<Page<T>> => {
  const { items, nextCursor } = await store.range(of, part);
  return { items: items.map(item => revive(entity, item)), nextCursor };
};

/** all that a paged read finds, or the pages with the first `most` of it */
export const allPages = async <T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> => {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await read(cursor);
    found.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor && found.length < most);
  return found;
};
