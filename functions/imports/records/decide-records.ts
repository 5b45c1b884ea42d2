import {
  type AnyImportable,
  type Did,
  digestOf,
  isProcessed,
  type Recorded,
  withProcessed,
} from '../../shared/imports/importable.ts';
import { ifSubscribed } from '../../shared/store/changes.ts';
import { type ParsedRow, type RowError, rowError } from '../rows/parse-row.ts';
import {
  addUpsert,
  type Decided,
  type ImportRun,
  marksOf,
  type Outcome,
  type RowGroup,
  type Upsert,
} from '../rows/upsert-rows.ts';

/** `newId`: the id of a record that a line is the first to name, always the same */
type RecordRun = Pick<ImportRun, 'id' | 'now' | 'since'> & {
  records: AnyImportable;
  newId(line: number, at: string): string;
};

/** the records of some rows by their keys, and what else was looked up to decide them */
export type KnownRecords = { records: Map<string, Recorded>; known: unknown };

export type RecordUpsert = Upsert & { key: string };

/** a transaction has room for so many events of one record */
const mostEvents = 60;

type Outcomes = [line: number, outcome: Outcome][];

/** all rows of a record fail together; those without an error of their own name the line that has one */
const failed = ({ rows }: RowGroup, errors: RowError[]): Outcomes => {
  const message = `line ${errors[0]?.line} of the same record cannot be used`;
  return rows.map(({ line }) => {
    const own = errors.filter(error => error.line === line);
    return [line, { did: 'failed', errors: own.length ? own : [{ line, column: null, value: null, message }] }];
  });
};

const did = ({ rows }: RowGroup, what: Did, errors: RowError[]): Outcomes =>
  rows.map(({ line }) => [line, { did: what, errors: errors.filter(error => error.line === line) }]);

/** what the rows of this slice made of records so far, and the digests of those that were processed before */
type Progress = { upserts: Map<string, RecordUpsert>; repeated: Map<string, string[]> };

const decideNew = (
  key: string,
  digest: string,
  group: RowGroup,
  run: RecordRun,
  known: KnownRecords,
  { upserts, repeated }: Progress,
): Outcomes => {
  const { rows } = group;
  const [first] = rows as [ParsedRow];
  const { line } = first;
  const before = known.records.get(key);
  const decided = run.records.decide(
    rows.map(row => ({ line: row.line, given: row.values })),
    before,
    { now: run.now, known: known.known, newId: at => run.newId(line, at) },
  );
  const faults = decided.faults.map(({ line: at, path, message }) =>
    rowError(rows.find(row => row.line === at) ?? first, path, message),
  );
  const errors = [...rows.flatMap(row => row.errors), ...faults];
  if (!decided.after) return failed(group, errors);
  if (decided.after === before) return did(group, 'unchanged', errors);
  const what: Did = before ? 'updated' : 'created';
  // the digests of the import that wrote it last, so that its file may come again
  const processed = before?.imported?.by === run.id ? before.imported.rows : repeated.get(key);
  const marks = { ...marksOf(before, run), [line]: what };
  const after: Recorded = {
    ...decided.after,
    imported: { by: run.id, did: marks, rows: withProcessed(processed, digest) },
  };
  const changes = [...decided.events.map(ifSubscribed), ...(decided.requests ?? [])];
  addUpsert(upserts, key, { key, before, after, changes, groups: [group] });
  known.records.set(key, after);
  return did(group, what, errors);
};

const decideNext = (group: RowGroup, run: RecordRun, known: KnownRecords, progress: Progress): Outcomes => {
  const { key, rows } = group;
  const [{ line }] = rows as [ParsedRow];
  const errors = rows.flatMap(row => row.errors);
  if (key === undefined || rows.some(row => row.failed)) return failed(group, errors);
  const before = known.records.get(key);
  const mark = marksOf(before, run)[line];
  if (mark) return did(group, mark, errors);
  const digest = digestOf(rows.map(({ values }) => values));
  if (isProcessed(before, digest)) {
    progress.repeated.set(key, [...(progress.repeated.get(key) ?? []), digest]);
    return did(group, 'unchanged', errors);
  }
  if ((progress.upserts.get(key)?.changes.length ?? 0) < mostEvents)
    return decideNew(key, digest, group, run, known, progress);
  const message = `the rows before it change this record ${mostEvents} times: put this one in another file`;
  return failed(group, [{ line, column: null, value: null, message }]);
};

/** What rows make of the records that they are of, each upon what those before it made. Pure. */
export const decideRecords = (groups: RowGroup[], run: RecordRun, known: KnownRecords): Decided<RecordUpsert> => {
  const progress: Progress = { upserts: new Map(), repeated: new Map() };
  const outcomes = new Map(groups.flatMap(group => decideNext(group, run, known, progress)));
  return { upserts: [...progress.upserts.values()], outcomes };
};
