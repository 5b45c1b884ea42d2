import type { FiledAt } from '../../shared/store/customer-records.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Erasure } from './erasure.ts';
import { areaOf, listedByCustomer, areas as recordAreas } from './personal-entities.ts';

const otherAreas = ['timeline', 'search', 'replies', 'files'];

/** queues are not changed: their consumers look for the customer first */
const queues = { area: 'queues', what: 'pending work finds no customer', count: 0 };

/** How many records of an erased customer remain, by area: without personal data. */
const remaining = async ({ customerId, merged }: Erasure, store: Store): Promise<Record<string, number>> => {
  const found = new Map<string, string>();
  for (const id of [customerId, ...merged]) {
    let after: FiledAt | undefined;
    do {
      const page = await store.filedItems(id, { kinds: listedByCustomer, limit: 100, after });
      for (const { pk, sk, kind } of page.items) found.set(`${pk} ${sk}`, areaOf(kind as string) ?? 'other');
      after = page.after;
    } while (after);
  }
  const byArea = Object.entries(Object.groupBy([...found.values()], area => area));
  return Object.fromEntries(byArea.map(([area, all = []]) => [area, all.length]));
};

export const coverageOf = async (
  erasure: Erasure,
  removed: Record<string, number>,
  store: Store,
): Promise<Erasure['covered']> => {
  const anonymised = await remaining(erasure, store);
  const areas = [...new Set([...otherAreas, ...recordAreas, ...Object.keys(removed)])];
  const covered = areas.flatMap(area => [
    { area, what: 'removed', count: removed[area] ?? 0 },
    { area, what: 'anonymised', count: anonymised[area] ?? 0 },
  ]);
  return [...covered.filter(({ what, count }) => count || what === 'removed'), queues];
};
