import { Profile, type StoredCustomer } from '../customers/customer.ts';
import {
  type CustomerWrite,
  changedCustomer,
  newCustomerFrom,
  withoutField,
  withoutInvalidFields,
} from '../customers/profile.ts';
import type { CustomerSettings } from '../customers/settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { parse } from '../shared/http/parse.ts';
import type { Json } from '../shared/json.ts';
import type { ImportFields } from './import.ts';
import { type Known, spelt } from './known.ts';
import type { RowError } from './row-profile.ts';
import { rowError, type ToldRow } from './told-row.ts';
import { keysOfRow } from './whose-row.ts';

export type Import = Pick<ImportFields, 'source' | 'upsertBy' | 'country'> & {
  id: string;
  now: string;
  settings: CustomerSettings;
  /** the first line of the slice: what earlier ones did is settled */
  since: number;
  /** the id of a customer whom a line is the first to name: always the same */
  idOf(line: number): StoredCustomer['id'];
};

/** what a row makes of a customer, unless nothing of it can be used */
export type Decision = { decided?: CustomerWrite; errors: RowError[] };

const refusedIn = (error: unknown, row: ToldRow): RowError[] => {
  if (!(error instanceof ApiError)) throw error;
  const { errors = [{ path: '', message: error.message }] } = error.more;
  return errors.map(({ path, message }) => rowError(row, path, message));
};

/** what another customer holds stays with that customer */
const withoutTaken = (row: ToldRow, how: Import, known: Known, id: string | undefined) => {
  const taken = keysOfRow(row, how).filter(key => {
    const holder = known.holders.get(spelt(key));
    return key.name !== 'row' && holder !== undefined && holder !== id;
  });
  const errors = taken.map(({ name }) => rowError(row, name, 'belongs to another customer'));
  return { profile: taken.reduce((rest, { name }) => withoutField(rest, [name]), row.profile), errors };
};

/** where the file is from is where its customers live, unless something else is known */
const inCountry = (profile: Json, before: StoredCustomer | undefined, country: string | undefined): Json => {
  const address = profile.address as Json | undefined;
  if (!country || !address || address.country || before?.address?.country) return profile;
  return { ...profile, address: { ...address, country } };
};

/** What a row makes of the customer that it is about, or of nobody yet: a bad value is left out, and said of its column. */
export const decideRow = (row: ToldRow, before: StoredCustomer | undefined, how: Import, known: Known): Decision => {
  const { profile, errors } = withoutTaken(row, how, known, before?.id);
  const writing = { settings: how.settings, source: `import:${how.source}` };
  const attempt = (given: Json) => {
    try {
      return before
        ? changedCustomer(how.now, before, given, writing)
        : newCustomerFrom(how.now, parse(Profile, given), writing, how.idOf(row.line));
    } catch (error) {
      errors.push(...refusedIn(error, row));
      throw error;
    }
  };
  try {
    return { decided: withoutInvalidFields(attempt, inCountry(profile, before, how.country)), errors };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { errors };
  }
};
