import { put } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import type { Made } from './decide-rows.ts';
import { type Ground, storedGround } from './ground.ts';
import { heldBy, type Key, spelt } from './known.ts';
import { rehearsed, rehearsedFor } from './rehearsed.ts';

const writtenOf = ({ before, after, digests }: Made, importId: string, until: string) => {
  const [held, holds] = [heldBy(before), heldBy(after)];
  const gone = held.filter(key => !holds.includes(key));
  const rows = digests.map(value => spelt({ name: 'row', value }));
  const holder = (key: string, id: string | null) => put(rehearsed, { importId, id: key, holder: id, until });
  return [
    put(rehearsed, { importId, id: after.id, customer: after, until }),
    ...gone.map(key => holder(key, null)),
    ...[...holds, ...rows].map(key => holder(key, after.id)),
  ];
};

/** The customers as they would be: nothing of the customers themselves is written, and every row is told as if it had been. */
export const rehearsalGround = (store: Store, { importId, now }: { importId: string; now: string }): Ground => {
  const stored = storedGround(store);
  const until = plus(now, rehearsedFor);
  const found = async (ids: string[]) => {
    const all = await store.getAll(
      rehearsed,
      ids.map(id => ({ importId, id })),
    );
    return new Map(all.map(one => [one.id, one]));
  };
  return {
    async holders(keys: Key[]) {
      const [would, are] = await Promise.all([found(keys.map(spelt)), stored.holders(keys)]);
      return keys.map((key, nth) => {
        const one = would.get(spelt(key));
        return one ? (one.holder ?? undefined) : are[nth];
      });
    },
    erased: stored.erased,
    async customers(ids) {
      const would = await found(ids);
      const rest = await stored.customers(ids.filter(id => !would.has(id)));
      const made = [...would.values()].flatMap(({ customer }) => (customer ? [[customer.id, customer] as const] : []));
      return new Map([...rest, ...made]);
    },
    write: made => store.commitAll(made.map(one => writtenOf(one, importId, until))),
  };
};
