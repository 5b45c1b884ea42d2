import type { FiledAt } from '../../shared/store/customer-records.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Erasure } from './erasure.ts';
import { areaOf, listedByCustomer } from './rules.ts';

/** How many records are still filed under an erased customer, by area: what is left of them says nothing of the person. */
export const keptOf = async ({ customerId, merged }: Erasure, store: Store): Promise<Record<string, number>> => {
  const kept = new Map<string, string>();
  for (const id of [customerId, ...merged]) {
    let after: FiledAt | undefined;
    do {
      const page = await store.filedItems(id, { kinds: listedByCustomer, limit: 100, after });
      for (const { pk, sk, kind } of page.items) kept.set(`${pk} ${sk}`, areaOf(kind as string) ?? 'other');
      after = page.after;
    } while (after);
  }
  const areas = Object.entries(Object.groupBy([...kept.values()], area => area));
  return Object.fromEntries(areas.map(([area, found = []]) => [area, found.length]));
};
