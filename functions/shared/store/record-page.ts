import { type Entity, type Place, revive } from './entity.ts';
import type { Page, Paging, Store } from './store.ts';

type Part = Paging & { within?: { from: string; to: string }; upwards?: boolean };

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
