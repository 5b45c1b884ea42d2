import { idWithin } from '../../../events/ids.ts';
import type { AnyImportable, Recorded } from '../../shared/imports/importable.ts';
import { dryRunStore } from '../rows/dry-run-rows.ts';
import type { ImportRun, ImportTarget } from '../rows/upsert-rows.ts';
import { decideRecords, type KnownRecords, type RecordUpsert } from './decide-records.ts';

/** How the records of rows are looked up by their keys, decided and written; in a dry run none is written. */
export const recordTarget = (
  records: AnyImportable,
  { store, ...run }: ImportRun,
): ImportTarget<RecordUpsert, KnownRecords> => {
  const { entity, key: unique, written } = records;
  const dryRun = run.dryRun ? dryRunStore(store, run) : undefined;
  const dryRunId = (key: string) => `${entity.kind}:${key}`;
  const newId = (line: number, at: string) => idWithin(entity.kind as 'order', run.id, line, at);

  const stored = async (keys: string[]) => {
    const ids = await store.holders(keys.map(value => ({ entity, unique, value })));
    const known = ids.flatMap(id => id ?? []);
    const found: Recorded[] = await store.getByIds(entity, known);
    const byId = new Map(found.map(one => [one.id, one]));
    return keys.map((key, nth) => [key, byId.get(ids[nth] ?? '')] as const);
  };
  const byKey = async (keys: string[]) => {
    const planned = await dryRun?.read(keys.map(dryRunId));
    const current = await stored(keys.filter(key => !planned?.has(dryRunId(key))));
    const all = [...current, ...keys.map(key => [key, planned?.get(dryRunId(key))?.record as Recorded] as const)];
    return new Map(all.flatMap(([key, record]) => (record ? [[key, record]] : [])));
  };

  return {
    async lookUp(groups) {
      const keys = [...new Set(groups.flatMap(({ key }) => key ?? []))];
      const rows = groups.flatMap(group => group.rows).filter(({ failed }) => !failed);
      const values = rows.map(row => row.values);
      const [found, known] = await Promise.all([byKey(keys), records.lookUp(store, values)]);
      return { records: found, known };
    },
    decide: (groups, known) => decideRecords(groups, { ...run, records, newId }, known),
    write: upserts =>
      store.commitAll(
        upserts.map(({ key, before, after, changes }) =>
          dryRun ? [dryRun.record(dryRunId(key), after)] : [...written(before, after), ...changes],
        ),
      ),
  };
};
