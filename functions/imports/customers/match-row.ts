import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { customers, isActive, type StoredCustomer } from '../../customers/customer.ts';
import { entity } from '../../shared/store/entity.ts';
import { canonicalJson } from '../../shared/text/canonical-json.ts';
import type { ParsedRow } from '../rows/parse-row.ts';
import type { ImportRun } from '../rows/upsert-rows.ts';

/** what a row may be identified by; `row`: a digest of all it says, where it has neither an external id nor an e-mail address */
export type Key = { name: 'externalId' | 'email' | 'row'; value: string };

export const textOf = ({ name, value }: Key) => `${name}:${value}`;

export type KnownCustomers = {
  holders: Map<string, StoredCustomer['id'] | undefined>;
  customers: Map<string, StoredCustomer | null>;
  erased: Set<string>;
};

/** the keys that a customer holds, and no other may */
export const keysOfCustomer = (customer: StoredCustomer | undefined): string[] =>
  customer && isActive(customer)
    ? (['externalId', 'email'] as const).flatMap(name =>
        [customers.unique?.[name]?.of(customer) ?? []].flat().map(value => textOf({ name, value })),
      )
    : [];

/** The customer of a row without an external id and e-mail address, so that the row is recognised when it comes again. */
const ImportedRow = z.object({ id: z.string(), customerId: CustomerId });
export type ImportedRow = z.output<typeof ImportedRow>;

export const importedRows = entity('imported-row', ImportedRow, {
  onMerge: 'follow',
  onErase: 'delete',
  area: 'imports',
  owner: ({ customerId }) => customerId,
});

type Matching = Pick<ImportRun, 'source' | 'upsertBy'>;

const keysNamed = ({ values }: ParsedRow, name: 'externalId' | 'email'): Key[] =>
  values[name] ? [{ name, value: values[name] as string }] : [];

const digestOf = (source: string, { values }: ParsedRow) =>
  createHash('sha256')
    .update(canonicalJson([source, values]))
    .digest('base64url');

export const keysOfRow = (row: ParsedRow, { source, upsertBy }: Matching): Key[] => {
  const keys = [...keysNamed(row, 'externalId'), ...keysNamed(row, 'email')];
  return keys.length || upsertBy ? keys : [{ name: 'row', value: digestOf(source, row) }];
};

const holderOf = (known: KnownCustomers, [key]: Key[]): StoredCustomer | undefined =>
  (key && known.customers.get(known.holders.get(textOf(key)) ?? '')) ?? undefined;

/** The customer of a row, by `upsertBy`, else by its external id, else by its e-mail address unless the holder has another id. */
export const matchRow = (row: ParsedRow, matching: Matching, known: KnownCustomers): StoredCustomer | undefined => {
  const [byExternalId, byEmail] = [keysNamed(row, 'externalId'), keysNamed(row, 'email')];
  if (matching.upsertBy) return holderOf(known, matching.upsertBy === 'email' ? byEmail : byExternalId);
  if (!byExternalId.length && !byEmail.length) return holderOf(known, keysOfRow(row, matching));
  const holder = holderOf(known, byExternalId);
  if (holder) return holder;
  const ofAddress = holderOf(known, byEmail);
  return ofAddress?.externalId && byExternalId.length ? undefined : ofAddress;
};
