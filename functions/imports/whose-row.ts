import { isActive, type StoredCustomer } from '../customers/customer.ts';
import type { ImportFields } from './import.ts';
import { type Key, type Known, spelt } from './known.ts';
import { digestOf, type ToldRow } from './told-row.ts';

type Whose = Pick<ImportFields, 'source' | 'upsertBy'>;

const said = (row: ToldRow, name: 'externalId' | 'email'): Key[] =>
  row.profile[name] ? [{ name, value: row.profile[name] as string }] : [];

/** everything that a row may be known by, and what it says that nobody else may hold */
export const keysOfRow = (row: ToldRow, { source, upsertBy }: Whose): Key[] => {
  const keys = [...said(row, 'externalId'), ...said(row, 'email')];
  return keys.length || upsertBy ? keys : [{ name: 'row', value: digestOf(source, row) }];
};

const holderOf = (known: Known, [key]: Key[]): StoredCustomer | undefined => {
  const found = key && known.customers.get(known.holders.get(spelt(key)) ?? '');
  return found && isActive(found) ? found : undefined;
};

/**
 * The customer that a row is about: by what it is to be known by, else by its external id, else by its e-mail address - unless
 * whoever has that address goes by another external id, and so is somebody else. undefined: nobody yet.
 */
export const whoseRow = (row: ToldRow, whose: Whose, known: Known): StoredCustomer | undefined => {
  const [byExternalId, byEmail] = [said(row, 'externalId'), said(row, 'email')];
  if (whose.upsertBy) return holderOf(known, whose.upsertBy === 'email' ? byEmail : byExternalId);
  if (!byExternalId.length && !byEmail.length) return holderOf(known, keysOfRow(row, whose));
  const found = holderOf(known, byExternalId);
  if (found) return found;
  const sharesAddress = holderOf(known, byEmail);
  return sharesAddress?.externalId && byExternalId.length ? undefined : sharesAddress;
};
