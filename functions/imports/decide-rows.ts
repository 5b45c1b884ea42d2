import { customerUpdated } from '../../events/customer.ts';
import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import type { CustomerWrite } from '../customers/profile.ts';
import type { Did } from '../shared/imports/importable.ts';
import { type Change, ifSubscribed } from '../shared/store/changes.ts';
import { decideRow, type Import } from './decide-row.ts';
import { type Known, learn, spelt } from './known.ts';
import type { RowError } from './row-profile.ts';
import { rowError, type ToldRow } from './told-row.ts';
import { keysOfRow, whoseRow } from './whose-row.ts';

/** what became of a row */
export type Outcome = { did: Did | 'failed'; errors: RowError[] };

/** What rows make of one customer: written whole or not at all. */
export type Made = {
  before: StoredCustomer | undefined;
  /** the same where nothing is to be written */
  after: StoredCustomer;
  /** what is said of it, and whatever else is kept */
  more: Change[];
  /** the rows that are about it */
  rows: ToldRow[];
  /** the keys of rows that nothing else would be known by */
  digests: string[];
  /** a row made or changed it, now or before a crash */
  touched: boolean;
};

export type DecidedRows = { made: Map<string, Made>; outcomes: Map<number, Outcome> };

const unusable = (row: ToldRow, { upsertBy }: Import): RowError[] => {
  if (row.failed) return row.errors;
  if (!upsertBy || row.profile[upsertBy]) return [];
  const message = `has no ${upsertBy} that can be used, which rows are known by`;
  return [...row.errors, { line: row.line, column: null, value: null, message }];
};

/** what earlier rows of this slice did to a customer, this time or before a crash */
const marksOf = (customer: StoredCustomer | undefined, { id, since }: Import): Record<string, Did> => {
  const { by, did = {} } = customer?.imported ?? {};
  return by === id ? Object.fromEntries(Object.entries(did).filter(([line]) => Number(line) >= since)) : {};
};

/** a file may be older than an erasure: nobody is brought back by it, but whoever has come back since is found */
const erasedIn = (row: ToldRow, how: Import, known: Known): RowError[] => {
  const keys = keysOfRow(row, how).filter(key => known.erased.has(spelt(key)));
  return keys.map(({ name }) => rowError(row, name, 'was an erased customer’s: an import does not bring it back'));
};

/** that somebody was seen to be as before is written now and then, and changes nothing */
const changesIt = ({ changes }: CustomerWrite) =>
  changes.some(change => change.do === 'emit' && change.event === customerUpdated);

/** what of a decision is not the customer's record itself, which is written once for all its rows */
const besides = ({ changes }: CustomerWrite): Change[] =>
  changes.filter(change => !('entity' in change) || change.entity !== customers).map(ifSubscribed);

/** the first row that nothing else is known by is remembered as the customer's */
const digestsOf = (row: ToldRow, how: Import) =>
  keysOfRow(row, how).flatMap(({ name, value }) => (name === 'row' ? [value] : []));

const add = (made: DecidedRows['made'], row: ToldRow, more: Omit<Made, 'rows'>) => {
  const so = made.get(more.after.id);
  made.set(more.after.id, {
    before: so ? so.before : more.before,
    after: more.after,
    more: [...(so?.more ?? []), ...more.more],
    rows: [...(so?.rows ?? []), row],
    digests: [...(so?.digests ?? []), ...more.digests],
    touched: so?.touched || more.touched,
  });
};

const decideNext = (row: ToldRow, how: Import, known: Known, made: DecidedRows['made']): Outcome => {
  const faults = unusable(row, how);
  if (faults.length) return { did: 'failed', errors: faults };
  // made before a crash, whatever became of it since
  const own = known.customers.get(how.idOf(row.line));
  if (own && !isActive(own)) return { did: 'created', errors: row.errors };
  const before = own ?? whoseRow(row, how, known);
  const erased = before ? [] : erasedIn(row, how, known);
  if (erased.length) return { did: 'failed', errors: [...row.errors, ...erased] };
  const marks = marksOf(before, how);
  const { decided, errors } = decideRow(row, before, how, known);
  const all = [...row.errors, ...errors];
  const marked = own ? 'created' : marks[row.line];
  if (before && marked) {
    add(made, row, { before, after: before, more: [], digests: [], touched: true });
    return { did: marked, errors: all };
  }
  if (!decided) return { did: 'failed', errors: all };
  // a row that is known by all it says comes again: whatever became of its customer since, it says nothing new
  if (before && (!decided.changes.length || digestsOf(row, how).length)) {
    add(made, row, { before, after: before, more: [], digests: [], touched: false });
    return { did: 'unchanged', errors: all };
  }
  const did = !before ? 'created' : changesIt(decided) ? 'updated' : 'unchanged';
  const after: StoredCustomer = { ...decided.customer, imported: { by: how.id, did: { ...marks, [row.line]: did } } };
  const digests = before ? [] : digestsOf(row, how);
  add(made, row, { before, after, more: besides(decided), digests, touched: did !== 'unchanged' });
  for (const value of digests) known.holders.set(spelt({ name: 'row', value }), after.id);
  learn(known, before, after);
  return { did, errors: all };
};

/** What rows make of the customers that they are about, each row upon what the rows before it made. Pure. */
export const decideRows = (rows: ToldRow[], how: Import, known: Known): DecidedRows => {
  const made: DecidedRows['made'] = new Map();
  const outcomes = new Map<number, Outcome>();
  for (const row of rows) outcomes.set(row.line, decideNext(row, how, known, made));
  return { made, outcomes };
};
