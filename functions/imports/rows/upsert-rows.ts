import type { Did, Recorded } from '../../shared/imports/importable.ts';
import type { Change } from '../../shared/store/changes.ts';
import { isConflict } from '../../shared/store/retry-on-conflict.ts';
import type { Store } from '../../shared/store/store.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import type { ImportFields } from '../import.ts';
import type { ParsedRow, RowError } from './parse-row.ts';

/** The import that writes the rows. `since`: the first line of the slice; earlier slices are done. */
export type ImportRun = Pick<ImportFields, 'source' | 'upsertBy' | 'country' | 'dryRun'> & {
  dates?: ImportFields['dates'];
  id: string;
  now: string;
  since: number;
  store: Store;
};

export type RowGroup = { key: string | undefined; rows: ParsedRow[] };

export type Outcome = { did: Did | 'failed'; errors: RowError[] };

/** What rows make of one record, which is written whole or not at all; where `after` is `before` there is nothing to write. */
export type Upsert<T extends Recorded = Recorded> = {
  before: T | undefined;
  after: T;
  changes: Change[];
  groups: RowGroup[];
};

export type Decided<U> = { upserts: U[]; outcomes: Map<number, Outcome> };

/** Where rows are imported to: how records are looked up, decided and written, all rows of a slice at a time. */
export type ImportTarget<U extends Upsert, Known> = {
  /** `retry`: the rows were decided before, and some of their records were made then */
  lookUp(groups: RowGroup[], retry: boolean): Promise<Known>;
  decide(groups: RowGroup[], known: Known): Decided<U>;
  /** gives for each what prevented it from being written, or undefined */
  write(upserts: U[]): Promise<(unknown | undefined)[]>;
};

/** what earlier rows of this slice did to a record, this time or before a crash */
export const marksOf = (
  record: Recorded | undefined,
  { id, since }: Pick<ImportRun, 'id' | 'since'>,
): Record<string, Did> => {
  const { by, did = {} } = record?.imported ?? {};
  return by === id ? Object.fromEntries(Object.entries(did).filter(([line]) => Number(line) >= since)) : {};
};

/** adds what some rows make of a record to what those before them made */
export const addUpsert = <U extends Upsert>(upserts: Map<string, U>, key: string, { after, ...one }: U) => {
  const { before, changes, groups } = upserts.get(key) ?? { before: one.before, changes: [], groups: [] };
  const all = { before, after, changes: [...changes, ...one.changes], groups: [...groups, ...one.groups] };
  upserts.set(key, { ...one, ...all } as unknown as U);
};

const mostAttempts = 6;

/** Looks up the records of rows, decides and writes them; those that others wrote first are looked up and decided again. */
export const upsertRows = async <U extends Upsert, Known>(groups: RowGroup[], target: ImportTarget<U, Known>) => {
  const outcomes: Decided<U>['outcomes'] = new Map();
  const done: U[] = [];
  let left = groups;
  for (let attempt = 1; left.length; attempt++) {
    if (attempt > mostAttempts) throw new VersionConflict('Too many concurrent changes to the records of these rows.');
    const decided = target.decide(left, await target.lookUp(left, attempt > 1));
    for (const [line, outcome] of decided.outcomes) outcomes.set(line, outcome);
    const writing = decided.upserts.filter(({ before, after }) => after !== before);
    const failures = await target.write(writing);
    const bug = failures.find(failure => failure !== undefined && !isConflict(failure));
    if (bug !== undefined) throw bug;
    const lost = new Set(writing.filter((_, nth) => failures[nth] !== undefined));
    done.push(...decided.upserts.filter(one => !lost.has(one)));
    left = [...lost].flatMap(one => one.groups).sort((a, b) => lineOf(a) - lineOf(b));
  }
  return { outcomes, done };
};

const lineOf = ({ rows }: RowGroup) => rows[0]?.line ?? 0;
