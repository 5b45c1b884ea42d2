import { isConflict } from '../../shared/store/retry-on-conflict.ts';
import type { Store } from '../../shared/store/store.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { type DecidedRecords, decideRecords, type KnownRecords, type RecordImport } from './decide-records.ts';
import type { Together } from './joined-rows.ts';
import type { RecordGround } from './record-ground.ts';

const mostAttempts = 6;

const lookUp = async (all: Together[], { records }: RecordImport, ground: RecordGround, store: Store) => {
  const keys = [...new Set(all.flatMap(({ key }) => key ?? []))];
  const usable = all.flatMap(({ rows }) => rows).filter(({ failed }) => !failed);
  const [found, known] = await Promise.all([
    ground.found(keys),
    records.lookUp(
      store,
      usable.map(({ given }) => given),
    ),
  ]);
  return { records: found, known } satisfies KnownRecords;
};

/**
 * Makes records of rows: looks up what they name, decides, writes. What somebody else was faster with is looked up and decided
 * again. Gives what became of each row.
 */
export const bringRecordsIn = async (all: Together[], how: RecordImport, ground: RecordGround, store: Store) => {
  const outcomes: DecidedRecords['outcomes'] = new Map();
  let left = all;
  for (let attempt = 1; left.length; attempt++) {
    if (attempt > mostAttempts) throw new VersionConflict('others keep changing the records of these rows');
    const { made, outcomes: told } = decideRecords(left, how, await lookUp(left, how, ground, store));
    for (const [line, outcome] of told) outcomes.set(line, outcome);
    const writing = [...made.values()];
    const failures = await ground.write(writing);
    const fault = failures.find(failure => failure !== undefined && !isConflict(failure));
    if (fault !== undefined) throw fault;
    left = writing.flatMap(({ of }, nth) => (failures[nth] === undefined ? [] : of));
  }
  return outcomes;
};
