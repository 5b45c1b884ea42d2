import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Change, type Emitted, save } from '../store/changes.ts';
import type { Entity } from '../store/entity.ts';
import type { Store } from '../store/store.ts';
import { canonicalJson } from '../text/canonical-json.ts';

/**
 * How a cell is read. money: also in parts, `<path>.amount` in minor units and `<path>.currency` · localPhone: left as written
 * where no country is known · identifier: not a number that a spreadsheet has shortened · any: as it is
 */
export type CellKind =
  | 'any'
  | 'country'
  | 'identifier'
  | 'localPhone'
  | 'partyKind'
  | 'postcode'
  | 'text'
  | 'word'
  | 'email'
  | 'phone'
  | 'date'
  | 'instant'
  | 'whole'
  | 'money'
  | 'currency'
  | 'list';

/** Where a column may lead; `words`: other names of such columns, without capitals and punctuation. */
export type FileField = {
  is: CellKind;
  words?: string;
  /** characters that it has at most, by default 500 */
  most?: number;
  /** a value that cannot be read is not left out: the row fails */
  needed?: true;
};

/** the values of a row in their stored form, by path */
export type Given = Record<string, unknown>;

/** a row of the file, by the line it begins at */
export type GivenRow = { line: number; given: Given };

/** what is wrong with the value of a path; `line`: in that row of several, else in the first */
export type Fault = { line?: number; path: string; message: string };

/**
 * The import that last wrote a record, and what the lines of its slice did, so that a slice done again does and counts the
 * same. `rows`: digests of the rows, and ids of the events, that wrote the record: they change nothing when they come again.
 */
export const Imported = z.object({
  by: z.string(),
  did: z.record(z.string(), z.enum(['created', 'updated', 'unchanged'])),
  rows: z.array(z.string()).optional(),
});
export type Imported = z.output<typeof Imported>;
export type Did = Imported['did'][string];

export type Recorded = { id: string; version: number; imported?: Imported | undefined };

/** digests and event ids that a record remembers */
const mostRemembered = 60;

const characters = 16;

/** the digest of some rows */
export const digestOf = (rows: Given[]) =>
  createHash('sha256').update(canonicalJson(rows)).digest('base64url').slice(0, characters);

/** whether rows or an event wrote the record lately: they change nothing when they come again */
export const isProcessed = (record: Recorded | undefined, digest: string) =>
  record?.imported?.rows?.includes(digest) ?? false;

export const withProcessed = (digests: string[] | undefined, digest: string): NonNullable<Imported['rows']> =>
  [...(digests ?? []), digest].slice(-mostRemembered);

export type Deciding<Known> = {
  now: string;
  known: Known;
  /** the id of a record that these rows are the first to name, which is as old as `at` */
  newId(at: string): string;
};

/**
 * `after`: what the rows make of a record, `before` where they say nothing new; undefined: nothing of them can be used. `events`:
 * of the record, `requests`: events that have other contexts act on it.
 */
export type Decided<T> = { after?: T; events: Emitted[]; requests?: Emitted[]; faults: Fault[] };

/** Records of a context that are imported from files; the context decides, as for its API. */
export type Importable<T extends Recorded, Known> = {
  /** what a request says the rows are of: orders, leads … */
  name: string;
  /** importing them needs the scope `<area>.write`, reading errors `<area>.read` */
  area: string;
  entity: Entity<T, { id: string }>;
  /** the path that identifies a record, which is a unique value of the entity of the same name */
  key: string;
  fields: Record<string, FileField>;
  /** rows that follow each other and have the same key are one record */
  joins?: boolean;
  /** what a mapping to these paths lacks, in words */
  lacks(paths: string[]): string | undefined;
  /** what has to be looked up to decide rows */
  lookUp(store: Store, rows: Given[]): Promise<Known>;
  /** What rows of one record make of it. Pure. */
  decide(rows: GivenRow[], before: T | undefined, how: Deciding<Known>): Decided<T>;
  /** the changes that write a record, besides what `decide` gives */
  written(before: T | undefined, after: T): Change[];
};

// biome-ignore lint/suspicious/noExplicitAny: records of all kinds share one table
export type AnyImportable = Importable<any, any>;

type Derived = 'lacks' | 'written';

/**
 * Declares records that files can contain: by default any mapping will do, and the record alone is written. Customers are
 * imported differently, see imports/customers.
 */
export const importable = <T extends Recorded, Known>(
  declared: Omit<Importable<T, Known>, Derived> & Partial<Pick<Importable<T, Known>, Derived>>,
): Importable<T, Known> => ({
  lacks: () => undefined,
  written: (before, after) => [save(declared.entity, before, after)],
  ...declared,
});
