import type { AnyImportable, Did, Imported, Recorded } from '../../shared/imports/importable.ts';
import { digestOf, remembering, toldBefore } from '../../shared/imports/processed-rows.ts';
import { type Change, ifSubscribed } from '../../shared/store/changes.ts';
import type { Outcome } from '../decide-rows.ts';
import type { RowError } from '../row-profile.ts';
import { rowError } from '../told-row.ts';
import type { Together } from './joined-rows.ts';
import type { RecordRow } from './record-row.ts';

/** How records come in: `newId` gives that of a record that a line is the first to tell of, always the same. */
export type RecordImport = {
  id: string;
  now: string;
  records: AnyImportable;
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

/** the records that rows of this slice made so far, and what of each was told before in the same words */
type SoFar = { made: DecidedRecords['made']; repeated: Map<string, string[]> };

/** the tellings that a record remembers: those of the import that wrote it last, so that its file may come again */
const remembered = (key: string, before: Recorded | undefined, { id }: RecordImport, { repeated }: SoFar) =>
  before?.imported?.by === id ? before.imported.rows : repeated.get(key);

/** what is decided of a record that rows tell something new of */
const decideNew = (
  key: string,
  digest: string,
  of: Together,
  how: RecordImport,
  known: KnownRecords,
  soFar: SoFar,
): Said => {
  const { rows } = of;
  const [first] = rows as [RecordRow];
  const { line } = first;
  const before = known.records.get(key);
  const so = soFar.made.get(key);
  const newId = (at: string) => how.newId(line, at);
  const decided = how.records.decide(rows, before, { now: how.now, known: known.known, newId });
  const faults = decided.faults.map(({ line: at, path, message }) =>
    rowError(rows.find(row => row.line === at) ?? first, path, message),
  );
  const errors = [...errorsIn(rows), ...faults];
  if (!decided.after) return failed(of, errors);
  if (decided.after === before) return did(of, 'unchanged', errors);
  const what: Did = before ? 'updated' : 'created';
  const told = remembering(remembered(key, before, how, soFar), digest);
  const imported = { by: how.id, did: { ...marksOf(before, how), [line]: what }, rows: told };
  const after: Recorded = { ...decided.after, imported };
  const more = [...(so?.more ?? []), ...decided.said.map(ifSubscribed), ...(decided.asked ?? [])];
  soFar.made.set(key, { key, before: so ? so.before : before, after, more, of: [...(so?.of ?? []), of] });
  known.records.set(key, after);
  return did(of, what, errors);
};

const decideNext = (of: Together, how: RecordImport, known: KnownRecords, soFar: SoFar): Said => {
  const { key, rows } = of;
  const [{ line }] = rows as [RecordRow];
  const told = errorsIn(rows);
  if (key === undefined || rows.some(row => row.failed)) return failed(of, told);
  const before = known.records.get(key);
  const mark = marksOf(before, how)[line];
  if (mark) return did(of, mark, told);
  const digest = digestOf(rows.map(({ given }) => given));
  if (toldBefore(before, digest)) {
    soFar.repeated.set(key, [...(soFar.repeated.get(key) ?? []), digest]);
    return did(of, 'unchanged', told);
  }
  if ((soFar.made.get(key)?.more.length ?? 0) < mostSaid) return decideNew(key, digest, of, how, known, soFar);
  const message = `the rows before it change this record ${mostSaid} times: put this one in another file`;
  return failed(of, [{ line, column: null, value: null, message }]);
};

/** What rows make of the records that they are of, each upon what those before it made. Pure. */
export const decideRecords = (all: Together[], how: RecordImport, known: KnownRecords): DecidedRecords => {
  const soFar: SoFar = { made: new Map(), repeated: new Map() };
  const outcomes: DecidedRecords['outcomes'] = new Map();
  for (const of of all) for (const [line, outcome] of decideNext(of, how, known, soFar)) outcomes.set(line, outcome);
  return { made: soFar.made, outcomes };
};
