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
