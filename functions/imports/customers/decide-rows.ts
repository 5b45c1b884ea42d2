import { customerUpdated } from '../../../events/customer.ts';
import { isPublicRecord } from '../../customers/attributes/standing.ts';
import { adopt, yieldAll } from '../../customers/claimed-records.ts';
import { customers, Profile, type StoredCustomer } from '../../customers/customer.ts';
import {
  changedCustomer,
  type CustomerWrite as Decision,
  newCustomerFrom,
  withoutField,
  withoutInvalidFields,
} from '../../customers/profile.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import { parse } from '../../shared/http/parse.ts';
import type { Json } from '../../shared/json.ts';
import { type Change, ifSubscribed, insert } from '../../shared/store/changes.ts';
import { type ParsedRow, type RowError, rowError } from '../rows/parse-row.ts';
import { addUpsert, type ImportRun, marksOf, type Outcome, type RowGroup, type Upsert } from '../rows/upsert-rows.ts';
import { importedRows, type KnownCustomers, keysOfCustomer, keysOfRow, matchRow, textOf } from './match-row.ts';

/** `idOf`: the id of a customer that a line is the first to name, always the same */
type CustomerRun = Omit<ImportRun, 'store' | 'dryRun'> & {
  settings: CustomerSettings;
  idOf(line: number): StoredCustomer['id'];
};

type Upserts = Map<string, Upsert<StoredCustomer>>;

const unusable = (row: ParsedRow, { upsertBy }: CustomerRun): RowError[] => {
  if (row.failed) return row.errors;
  if (!upsertBy || row.values[upsertBy]) return [];
  const message = `has no valid ${upsertBy}, which identifies the rows`;
  return [...row.errors, { line: row.line, column: null, value: null, message }];
};

/** a file may be older than an erasure: it does not bring a customer back, but finds one who has come back since */
const erasedIn = (row: ParsedRow, run: CustomerRun, known: KnownCustomers): RowError[] => {
  const keys = keysOfRow(row, run).filter(key => known.erased.has(textOf(key)));
  return keys.map(({ name }) => rowError(row, name, 'belonged to an erased customer and cannot be imported'));
};

/** what another customer holds stays with that customer; one that only public keys named gives it up */
const withoutTaken = (row: ParsedRow, run: CustomerRun, known: KnownCustomers, id: string | undefined) => {
  const taken = keysOfRow(row, run).filter(key => {
    const holder = known.holders.get(textOf(key));
    return key.name !== 'row' && holder !== undefined && holder !== id && !claimedBy(known, holder);
  });
  const errors = taken.map(({ name }) => rowError(row, name, 'belongs to another customer'));
  return { profile: taken.reduce((rest, { name }) => withoutField(rest, [name]), row.values), errors };
};

/** the country of the file is that of addresses that name none */
const inCountry = (profile: Json, before: StoredCustomer | undefined, country: string | undefined): Json => {
  const address = profile.address as Json | undefined;
  if (!country || !address || address.country || before?.address?.country) return profile;
  return { ...profile, address: { ...address, country } };
};

const claimedBy = ({ customers }: KnownCustomers, id: string) => {
  const holder = customers.get(id);
  return holder && isPublicRecord(holder) ? holder : undefined;
};

/** what claimed records give up to a customer */
const yieldedTo = (to: StoredCustomer, known: KnownCustomers, now: string): Change[] => {
  const holders = new Set(keysOfCustomer(to).map(key => known.holders.get(key)));
  const records = [...holders].flatMap(id => (id && claimedBy(known, id)) || []);
  return yieldAll(now, records, to).flatMap(({ before, after, changes }) => {
    learn(known, before, after);
    return changes;
  });
};

const errorsOf = (error: ApiError, row: ParsedRow): RowError[] => {
  const { errors = [{ path: '', message: error.message }] } = error.more;
  return errors.map(({ path, message }) => rowError(row, path, message));
};

/** What a row makes of a customer: a value that is refused is left out and reported; no decision where nothing can be used. */
const decideRow = (row: ParsedRow, before: StoredCustomer | undefined, run: CustomerRun, known: KnownCustomers) => {
  const { profile, errors } = withoutTaken(row, run, known, before?.id);
  const writing = { settings: run.settings, source: `import:${run.source}`, written: run.dates };
  const attempt = (given: Json) => {
    try {
      if (!before) return newCustomerFrom(run.now, parse(Profile, given), writing, run.idOf(row.line));
      return isPublicRecord(before)
        ? adopt(run.now, before, given, writing)
        : changedCustomer(run.now, before, given, writing);
    } catch (error) {
      if (error instanceof ApiError) errors.push(...errorsOf(error, row));
      throw error;
    }
  };
  try {
    return { decision: withoutInvalidFields(attempt, inCountry(profile, before, run.country)), errors };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { errors };
  }
};

/** a value that is confirmed is written now and then, and changes nothing */
const changesIt = ({ changes }: Decision) =>
  changes.some(change => change.do === 'emit' && change.event === customerUpdated);

/** what of a decision is not the customer's record itself, which is written once for all its rows */
const besides = ({ changes }: Decision): Change[] =>
  changes.filter(change => !('entity' in change) || change.entity !== customers).map(ifSubscribed);

/** what is known once a row has changed a customer */
const learn = (known: KnownCustomers, before: StoredCustomer | undefined, after: StoredCustomer) => {
  for (const key of keysOfCustomer(before)) known.holders.set(key, undefined);
  for (const key of keysOfCustomer(after)) known.holders.set(key, after.id);
  known.customers.set(after.id, after);
};

const decideNext = (row: ParsedRow, run: CustomerRun, known: KnownCustomers, upserts: Upserts): Outcome => {
  const faults = unusable(row, run);
  if (faults.length) return { did: 'failed', errors: faults };
  // created before a crash, even if it was changed since
  const own = known.customers.get(run.idOf(row.line));
  if (own === null) return { did: 'created', errors: row.errors };
  const before = own ?? matchRow(row, run, known);
  const erased = before ? [] : erasedIn(row, run, known);
  if (erased.length) return { did: 'failed', errors: [...row.errors, ...erased] };
  const marks = marksOf(before, run);
  const { decision, errors: refused } = decideRow(row, before, run, known);
  const errors = [...row.errors, ...refused];
  const add = (did: Outcome['did'], after: StoredCustomer, changes: Change[] = []): Outcome => {
    addUpsert(upserts, after.id, { before, after, changes, groups: [{ key: undefined, rows: [row] }] });
    return { did, errors };
  };
  const mark = own ? 'created' : marks[row.line];
  if (before && mark) return add(mark, before);
  if (!decision) return { did: 'failed', errors };
  // a row that is identified by all its values is a repetition, even if its customer was changed since
  const digest = keysOfRow(row, run).find(({ name }) => name === 'row');
  if (before && (!decision.changes.length || digest)) return add('unchanged', before);
  const did = !before ? 'created' : changesIt(decision) ? 'updated' : 'unchanged';
  const after: StoredCustomer = { ...decision.customer, imported: { by: run.id, did: { ...marks, [row.line]: did } } };
  const changes = [...yieldedTo(after, known, run.now).map(ifSubscribed), ...besides(decision)];
  learn(known, before, after);
  if (!digest) return add(did, after, changes);
  known.holders.set(textOf(digest), after.id);
  return add(did, after, [...changes, insert(importedRows, { id: digest.value, customerId: after.id })]);
};

/** What rows make of the customers that they are about, each row upon what the rows before it made. Pure. */
export const decideRows = (groups: RowGroup[], run: CustomerRun, known: KnownCustomers) => {
  const upserts: Upserts = new Map();
  const rows = groups.flatMap(group => group.rows);
  const outcomes = new Map(rows.map(row => [row.line, decideNext(row, run, known, upserts)]));
  return { upserts: [...upserts.values()], outcomes };
};
