import type { Change } from '../../shared/changes.ts';
import { parse } from '../../shared/parse.ts';
import { Refusal } from '../../shared/refusal.ts';
import { customers, Profile, type StoredCustomer, stands } from '../customer.ts';
import { acceptable, changed, created, type Decided, type Json, without } from '../profile.ts';
import type { CustomerSettings } from '../settings.ts';
import type { ImportFields } from './import.ts';
import { type Key, type Known, learn, spelt } from './known.ts';
import type { RowError } from './row-profile.ts';
import { rowError, type ToldRow } from './told-row.ts';
import { keysOfRow, whoseRow } from './whose-row.ts';

export type Did = 'created' | 'updated' | 'unchanged';

/** what became of a row */
export type Outcome = { did: Did | 'failed'; errors: RowError[] };

/** What rows make of one customer: written whole or not at all. */
export type Made = {
  before: StoredCustomer | undefined;
  after: StoredCustomer;
  /** what is said of it, and whatever else is kept */
  more: Change[];
  /** the rows that are about it */
  rows: ToldRow[];
  /** the keys of rows that nothing else would be known by */
  digests: string[];
};

export type Import = Pick<ImportFields, 'source' | 'upsertBy' | 'country'> & {
  id: string;
  now: string;
  settings: CustomerSettings;
  /** the first line of the slice: what earlier ones did is settled */
  since: number;
  /** the id of a customer whom a line is the first to name: always the same */
  idOf(line: number): StoredCustomer['id'];
};

export type DecidedRows = { made: Map<string, Made>; outcomes: Map<number, Outcome> };

const refusedIn = (error: unknown, row: ToldRow): RowError[] => {
  if (!(error instanceof Refusal)) throw error;
  const { errors = [{ path: '', message: error.message }] } = error.more;
  return errors.map(({ path, message }) => rowError(row, path, message));
};

/** what another customer holds stays with that customer */
const withoutTaken = (row: ToldRow, how: Import, known: Known, id: string | undefined) => {
  const taken = keysOfRow(row, how).filter(key => {
    const holder = known.holders.get(spelt(key));
    return key.name !== 'row' && holder !== undefined && holder !== id;
  });
  const errors = taken.map(({ name }: Key) => rowError(row, name, 'belongs to another customer'));
  return { profile: taken.reduce((rest, { name }) => without(rest, [name]), row.profile), errors };
};

/** where the file is from is where its customers live, unless something else is known */
const inCountry = (profile: Json, before: StoredCustomer | undefined, country: string | undefined): Json => {
  const address = profile.address as Json | undefined;
  if (!country || !address || address.country || before?.address?.country) return profile;
  return { ...profile, address: { ...address, country } };
};

const missingKey = (row: ToldRow, { upsertBy }: Import): RowError[] =>
  upsertBy && !row.profile[upsertBy]
    ? [
        {
          line: row.line,
          column: null,
          value: null,
          message: `has no ${upsertBy} that can be used, which rows are known by`,
        },
      ]
    : [];

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

type Decision = { decided?: Decided; errors: RowError[] };

const decide = (row: ToldRow, before: StoredCustomer | undefined, how: Import, known: Known): Decision => {
  const { profile, errors } = withoutTaken(row, how, known, before?.id);
  const writing = { settings: how.settings, source: `import:${how.source}` };
  const attempt = (given: Json) => {
    try {
      return before
        ? changed(how.now, before, given, writing)
        : created(how.now, parse(Profile, given), writing, how.idOf(row.line));
    } catch (error) {
      errors.push(...refusedIn(error, row));
      throw error;
    }
  };
  try {
    return { decided: acceptable(attempt, inCountry(profile, before, how.country)), errors };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { errors };
  }
};

/** what of a decision is not the customer's record itself, which is written once for all its rows */
const besides = ({ changes }: Decided): Change[] =>
  changes.filter(change => !('entity' in change) || change.entity !== customers).map(quietly);

/** a hundred thousand rows must not flood the bus: published where somebody listens */
const quietly = (change: Change): Change => (change.do === 'say' ? { ...change, quiet: true } : change);

const decideRow = (row: ToldRow, how: Import, known: Known, made: DecidedRows['made']): Outcome => {
  const unusable = [...row.errors, ...missingKey(row, how)];
  if (row.failed || unusable.length > row.errors.length) return { did: 'failed', errors: unusable };
  // made before a crash, whatever became of it since
  const own = known.customers.get(how.idOf(row.line));
  if (own && !stands(own)) return { did: 'created', errors: row.errors };
  const before = own ?? whoseRow(row, how, known);
  const erased = before ? [] : erasedIn(row, how, known);
  if (erased.length) return { did: 'failed', errors: [...row.errors, ...erased] };
  const { decided, errors } = decide(row, before, how, known);
  const all = [...row.errors, ...errors];
  const marks = marksOf(before, how);
  const marked = own ? 'created' : marks[row.line];
  if (marked) return { did: marked, errors: all };
  if (!decided) return { did: 'failed', errors: all };
  const did = !before ? 'created' : decided.changes.length ? 'updated' : 'unchanged';
  const after: StoredCustomer =
    did === 'unchanged'
      ? decided.customer
      : { ...decided.customer, imported: { by: how.id, did: { ...marks, [row.line]: did } } };
  const so = made.get(after.id) ?? { before, after, more: [], rows: [], digests: [] };
  const digests = keysOfRow(row, how).flatMap(({ name, value }) =>
    name === 'row' && did === 'created' ? [value] : [],
  );
  made.set(after.id, {
    ...so,
    after,
    more: [...so.more, ...besides(decided)],
    rows: [...so.rows, row],
    digests: [...so.digests, ...digests],
  });
  for (const digest of digests) known.holders.set(spelt({ name: 'row', value: digest }), after.id);
  if (did !== 'unchanged') learn(known, before, after);
  return { did, errors: all };
};

/** What rows make of the customers that they are about, each row upon what the rows before it made. Pure. */
export const decideRows = (rows: ToldRow[], how: Import, known: Known): DecidedRows => {
  const made: DecidedRows['made'] = new Map();
  const outcomes = new Map<number, Outcome>();
  for (const row of rows) outcomes.set(row.line, decideRow(row, how, known, made));
  return { made, outcomes };
};
