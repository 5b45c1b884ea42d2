import type { Item, Place } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';

const page = 200;
/** pages gone through at a time, of one customer's behaviour or decisions */
const mostPages = 10;

type Old = {
  of: Place['of'];
  /** bounds of the sort key */
  within: { from: string; to: string };
  is?: (item: Item) => boolean;
};

/** Discards what lies within bounds, or only counts it; `more`: there is more than is gone through at a time. */
export const discardOld = async (store: Store, { of, within, is = () => true }: Old, dryRun: boolean) => {
  let count = 0;
  let after: string | undefined;
  for (let nth = 0; nth < mostPages; nth++) {
    const { items, last } = await store.partition(of, {
      limit: page,
      within,
      upwards: true,
      ...(after ? { after } : {}),
    });
    const old = items.filter(is);
    if (!dryRun) await store.discard(old.map(({ sk }) => ({ of, part: sk })));
    count += old.length;
    after = last;
    if (!after) break;
  }
  return { count, more: after !== undefined };
};
