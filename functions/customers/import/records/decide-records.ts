import type { AnyByFile, Did, Imported, Recorded } from '../../../shared/by-file.ts';
import { type Change, quietly } from '../../../shared/changes.ts';
import { digestOf, remembering, toldBefore } from '../../../shared/told-before.ts';
import type { Outcome } from '../decide-rows.ts';
import type { RowError } from '../row-profile.ts';
import { rowError } from '../told-row.ts';
import type { Together } from './joined-rows.ts';
import type { RecordRow } from './record-row.ts';

/** How records come in: `newId` gives that of a record that a line is the first to tell of, always the same. */
export type RecordImport = {
  id: string;
  now: string;
  records: AnyByFile;
  /** the first line of the slice: what earlier ones did is settled */
  since: number;
  newId(line: number, at: string): string;
};

/** The records that some rows are of, by their keys, as they are and as the rows make them; and what was looked up for them. */
export type KnownRecords = { records: Map<string, Recorded>; known: unknown };

/** What rows make of one record: written whole or not at all. */
export type MadeRecord = {
  key: string;
  before: Recorded | undefined;
  after: Recorded;
  more: Change[];
  of: Together[];
};

export type DecidedRecords = { made: Map<string, MadeRecord>; outcomes: Map<number, Outcome> };

/** a transaction has room for so many events of one record */
const mostSaid = 60;

/** what earlier rows of this slice did to a record, this time or before a crash */
const marksOf = (record: Recorded | undefined, { id, since }: RecordImport): Imported['did'] => {
  const { by, did = {} } = record?.imported ?? {};
  return by === id ? Object.fromEntries(Object.entries(did).filter(([line]) => Number(line) >= since)) : {};
};

type Said = Map<number, Outcome>;

/** what became of rows of one record: all fare alike, and those that are not to blame say which is */
const failed = ({ rows }: Together, errors: RowError[]): Said => {
  const blamed = errors[0]?.line;
  return new Map(
    rows.map(({ line }) => {
      const own = errors.filter(error => error.line === line);
      const message = `line ${blamed} of the same record cannot be used`;
      return [line, { did: 'failed', errors: own.length ? own : [{ line, column: null, value: null, message }] }];
    }),
  );
};

const did = ({ rows }: Together, what: Did, errors: RowError[]): Said =>
  new Map(rows.map(({ line }) => [line, { did: what, errors: errors.filter(error => error.line === line) }]));

const errorsIn = (rows: RecordRow[]) => rows.flatMap(({ errors }) => errors);

const decideNext = (of: Together, how: RecordImport, known: KnownRecords, made: DecidedRecords['made']): Said => {
  const { key, rows } = of;
  const { records, now } = how;
  const [{ line }] = rows as [RecordRow];
  const told = errorsIn(rows);
  if (key === undefined || rows.some(row => row.failed)) return failed(of, told);
  const before = known.records.get(key);
  const marks = marksOf(before, how);
  const mark = marks[line];
  if (mark) return did(of, mark, told);
  const digest = digestOf(rows.map(({ given }) => given));
  if (toldBefore(before, digest)) return did(of, 'unchanged', told);
  const so = made.get(key);
  if (so && so.more.length >= mostSaid) {
    const message = `the rows before it change this record ${mostSaid} times: put this one in another file`;
    return failed(of, [{ line, column: null, value: null, message }]);
  }
  const deciding = { now, known: known.known, newId: (at: string) => how.newId(line, at) };
  const decided = records.decide(rows, before, deciding);
  const errors = [
    ...told,
    ...decided.faults.map(fault =>
      rowError(rows.find(row => row.line === fault.line) ?? rows[0]!, fault.path, fault.message),
    ),
  ];
  if (!decided.after) return failed(of, errors);
  if (decided.after === before) return did(of, 'unchanged', errors);
  const what: Did = before ? 'updated' : 'created';
  const after: Recorded = {
    ...decided.after,
    imported: { by: how.id, did: { ...marks, [line]: what }, rows: remembering(before, digest) },
  };
  const first = so ? so.before : before;
  made.set(key, {
    key,
    before: first,
    after,
    more: [...(so?.more ?? []), ...decided.said.map(quietly), ...(decided.asked ?? [])],
    of: [...(so?.of ?? []), of],
  });
  known.records.set(key, after);
  return did(of, what, errors);
};

/** What rows make of the records that they are of, each upon what those before it made. Pure. */
export const decideRecords = (all: Together[], how: RecordImport, known: KnownRecords): DecidedRecords => {
  const made: DecidedRecords['made'] = new Map();
  const outcomes: DecidedRecords['outcomes'] = new Map();
  for (const of of all) for (const [line, outcome] of decideNext(of, how, known, made)) outcomes.set(line, outcome);
  return { made, outcomes };
};
