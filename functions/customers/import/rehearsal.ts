import * as z from 'zod';
import { put } from '../../shared/changes.ts';
import { Instant } from '../../shared/contract.ts';
import { plus } from '../../shared/duration.ts';
import { entity } from '../../shared/entity.ts';
import type { Store } from '../../shared/store.ts';
import { StoredCustomer } from '../customer.ts';
import type { Made } from './decide-rows.ts';
import { type Ground, storedGround } from './ground.ts';
import { heldBy, type Key, spelt } from './known.ts';

/** What an import that is only tried out would have done: a customer as it would be, or who would hold a key. */
const Rehearsed = z.object({
  id: z.string(),
  customer: StoredCustomer.optional(),
  holder: z.string().nullable().optional(),
  until: Instant,
});

const rehearsed = entity('rehearsed', Rehearsed, { expires: ({ until }) => until });

/** how long it is kept */
const kept = 'P1D';

const keyPlace = (importId: string, key: string) => `${importId}#${key}`;
const customerPlace = (importId: string, id: string) => `${importId}#${id}`;

const writtenOf = ({ before, after, digests }: Made, importId: string, until: string) => {
  const [held, holds] = [heldBy(before), heldBy(after)];
  const gone = held.filter(key => !holds.includes(key));
  const rows = digests.map(value => spelt({ name: 'row', value }));
  const holder = (key: string, id: string | null) => put(rehearsed, { id: keyPlace(importId, key), holder: id, until });
  return [
    put(rehearsed, { id: customerPlace(importId, after.id), customer: after, until }),
    ...gone.map(key => holder(key, null)),
    ...[...holds, ...rows].map(key => holder(key, after.id)),
  ];
};

/** The customers as they would be: nothing of the customers themselves is written, and every row is told as if it had been. */
export const rehearsalGround = (store: Store, { importId, now }: { importId: string; now: string }): Ground => {
  const stored = storedGround(store);
  const until = plus(now, kept);
  const found = async (ids: string[]) => {
    const all = await store.getAll(
      rehearsed,
      ids.map(id => ({ id })),
    );
    return new Map(all.map(one => [one.id, one]));
  };
  return {
    async holders(keys: Key[]) {
      const [would, are] = await Promise.all([
        found(keys.map(key => keyPlace(importId, spelt(key)))),
        stored.holders(keys),
      ]);
      return keys.map((key, nth) => {
        const one = would.get(keyPlace(importId, spelt(key)));
        return one ? (one.holder ?? undefined) : are[nth];
      });
    },
    async customers(ids) {
      const would = await found(ids.map(id => customerPlace(importId, id)));
      const rest = await stored.customers(ids.filter(id => !would.has(customerPlace(importId, id))));
      const made = [...would.values()].flatMap(({ customer }) => (customer ? [[customer.id, customer] as const] : []));
      return new Map([...rest, ...made]);
    },
    write: made => store.commitAll(made.map(one => writtenOf(one, importId, until))),
  };
};
