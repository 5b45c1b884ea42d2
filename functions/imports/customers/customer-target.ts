import { idWithin } from '../../../events/ids.ts';
import { resolveAllMerged } from '../../customers/active-customer.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { findErasedIdentities } from '../../customers/erased-identities.ts';
import { settingsOf } from '../../customers/settings.ts';
import { type Change, insert, update } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import { dryRunStore } from '../rows/dry-run-rows.ts';
import type { ImportRun, ImportTarget, RowGroup, Upsert } from '../rows/upsert-rows.ts';
import { logOf } from '../undo/import-change.ts';
import { decideRows } from './decide-rows.ts';
import {
  type ImportedRow,
  importedRows,
  type Key,
  type KnownCustomers,
  keysOfCustomer,
  keysOfRow,
  textOf,
} from './match-row.ts';

/** Where customers are read and written: the store, or a dry run laid over it. */
type Customers = {
  holders(keys: Key[]): Promise<Map<string, string | null | undefined>>;
  /** of the ids, or of those they were merged into; null: it was erased */
  byId(ids: string[]): Promise<Map<string, StoredCustomer | null>>;
  changesOf(upsert: Upsert<StoredCustomer>): Change[];
};

const storedCustomers = (store: Store, run: ImportRun): Customers => ({
  async holders(keys) {
    const unique = keys.filter(({ name }) => name !== 'row');
    const digests = keys.flatMap(({ name, value }) => (name === 'row' ? value : []));
    const [held, rows] = await Promise.all([
      store.holders(unique.map(({ name, value }) => ({ entity: customers, unique: name, value }))),
      store.getByIds(importedRows, digests),
    ]);
    return new Map<string, string | undefined>([
      ...unique.map((key, nth) => [textOf(key), held[nth]] as const),
      ...rows.map(({ id, customerId }) => [textOf({ name: 'row', value: id }), customerId] as const),
    ]);
  },
  byId: ids => resolveAllMerged(store, ids),
  changesOf: ({ before, after, changes }) => [
    ...(before ? [update(customers, before, after), ...logOf(run, before, after)] : [insert(customers, after)]),
    ...changes,
  ],
});

const digestsIn = (changes: Change[]) =>
  changes.flatMap(change =>
    change.do === 'insert' && change.entity === importedRows
      ? [textOf({ name: 'row', value: (change.value as ImportedRow).id })]
      : [],
  );

/** The customers as they would be: none is written, and every row is decided as if it had been. */
const dryRunCustomers = (run: ImportRun): Customers => {
  const stored = storedCustomers(run.store, run);
  const dryRun = dryRunStore(run.store, run);
  return {
    async holders(keys) {
      const [planned, current] = await Promise.all([dryRun.read(keys.map(textOf)), stored.holders(keys)]);
      return new Map([...current, ...[...planned].map(([key, { holder }]) => [key, holder] as const)]);
    },
    async byId(ids) {
      const planned = await dryRun.read(ids);
      const current = await stored.byId(ids.filter(id => !planned.has(id)));
      return new Map([...current, ...[...planned].map(([id, { record }]) => [id, record as StoredCustomer] as const)]);
    },
    changesOf({ before, after, changes }) {
      const holds = [...keysOfCustomer(after), ...digestsIn(changes)];
      const released = keysOfCustomer(before).filter(key => !holds.includes(key));
      return [
        dryRun.record(after.id, after),
        ...released.map(key => dryRun.holder(key, null)),
        ...holds.map(key => dryRun.holder(key, after.id)),
      ];
    },
  };
};

const erasedKeys = async (store: Store, keys: Key[]) => {
  const named = keys.filter(({ name }) => name !== 'row');
  const identities = named.map(({ name, value }) => ({ type: name as 'email' | 'externalId', value }));
  const erased = await findErasedIdentities(store, identities);
  return named.filter((_, nth) => erased[nth]).map(textOf);
};

/** How the customers of rows are looked up, decided and written. */
export const customerTarget = async (run: ImportRun): Promise<ImportTarget<Upsert<StoredCustomer>, KnownCustomers>> => {
  const { store, ...rest } = run;
  const idOf = (line: number) => idWithin('customer', run.id, line);
  const how = { ...rest, settings: await settingsOf(store), idOf };
  const records = run.dryRun ? dryRunCustomers(run) : storedCustomers(store, run);
  return {
    async lookUp(groups: RowGroup[], retry: boolean) {
      const rows = groups.flatMap(group => group.rows).filter(({ failed }) => !failed);
      const keys = [...new Map(rows.flatMap(row => keysOfRow(row, run)).map(key => [textOf(key), key])).values()];
      const [held, erased] = await Promise.all([records.holders(keys), erasedKeys(store, keys)]);
      const holders = new Map(
        [...held].map(([key, id]) => [key, (id ?? undefined) as StoredCustomer['id'] | undefined]),
      );
      const ids = [
        ...[...holders.values()].flatMap(id => id ?? []),
        ...(retry ? rows.map(({ line }) => idOf(line)) : []),
      ];
      return { holders, customers: await records.byId([...new Set(ids)]), erased: new Set(erased) };
    },
    decide: (groups, known) => decideRows(groups, how, known),
    write: upserts => store.commitAll(upserts.map(records.changesOf)),
  };
};
