import { resolveMerged } from '../customers/active-customer.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { findErasedIdentities } from '../customers/erased-identities.ts';
import { insert, update } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import type { Made } from './decide-rows.ts';
import { importedRows } from './imported-row.ts';
import type { Key } from './known.ts';

/** What an import stands on: where customers are looked up, and what becomes of them is kept. */
export type Ground = {
  /** ids of those who hold keys, in the order asked */
  holders(keys: Key[]): Promise<(string | undefined)[]>;
  /** the customers of ids, or of whoever they were merged into; one that does not stand is there to be seen */
  customers(ids: string[]): Promise<Map<string, StoredCustomer>>;
  /** those of the keys that were an erased customer's */
  erased(keys: Key[]): Promise<Key[]>;
  /** tells of each what kept it from being written, or undefined */
  write(made: Made[]): Promise<(unknown | undefined)[]>;
};

/** who rows are about that name neither an external id nor an e-mail address; their customer may have been merged since */
const holdersOfRows = async (store: Store, digests: string[]) => {
  const found = await store.getAll(
    importedRows,
    digests.map(id => ({ id })),
  );
  return new Map(found.map(({ id, customerId }) => [id, customerId as string]));
};

const changesOf = ({ before, after, more, digests }: Made) => [
  before ? update(customers, before, after) : insert(customers, after),
  ...more,
  ...digests.map(id => insert(importedRows, { id, customerId: after.id })),
];

/** the customers themselves */
export const storedGround = (store: Store): Ground => ({
  async holders(keys) {
    const claims = keys.filter(({ name }) => name !== 'row');
    const [held, rows] = await Promise.all([
      store.holders(claims.map(({ name, value }) => ({ entity: customers, unique: name, value }))),
      holdersOfRows(
        store,
        keys.flatMap(({ name, value }) => (name === 'row' ? [value] : [])),
      ),
    ]);
    const byClaim = new Map(claims.map((key, nth) => [key, held[nth]]));
    return keys.map(key => (key.name === 'row' ? rows.get(key.value) : byClaim.get(key)));
  },
  async erased(keys) {
    const named = keys.filter(({ name }) => name !== 'row');
    const erased = await findErasedIdentities(
      store,
      named.map(({ name, value }) => ({ type: name as 'email' | 'externalId', value })),
    );
    return named.filter((_, nth) => erased[nth]);
  },
  async customers(ids) {
    const found = await store.getAll(
      customers,
      ids.map(id => ({ id })),
    );
    const merged = found.filter(({ mergedInto }) => mergedInto);
    const survivors = await Promise.all(merged.map(({ id }) => resolveMerged(store, id)));
    const stead = new Map(merged.map(({ id }, nth) => [id, survivors[nth]]));
    return new Map(found.map(one => [one.id, stead.get(one.id) ?? one]));
  },
  write: made => store.commitAll(made.map(changesOf)),
});
