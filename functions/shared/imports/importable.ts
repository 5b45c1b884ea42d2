import * as z from 'zod';
import type { Change, Emitted } from '../store/changes.ts';
import type { Entity } from '../store/entity.ts';
import type { Store } from '../store/store.ts';

/** how what a cell says is read: `money` also by parts, `<path>.amount` in minor units and `<path>.currency` */
export type CellKind =
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

/** Where a column may lead; `words`: what people call such columns, without capitals and punctuation. */
export type FileField = {
  is: CellKind;
  words?: string;
  /** characters that it has at most; 500 unless said */
  most?: number;
  /** what cannot be read of it is not left out: the row fails */
  needed?: true;
};

/** what a row says, by path, each value in the form in which it is kept; what its cells do not say is not there */
export type Given = Record<string, unknown>;

/** a row of the file, by the line it begins at */
export type GivenRow = { line: number; given: Given };

/** what is wrong with what a path says; `line`: with that row of several, else with the first */
export type Fault = { line?: number; path: string; message: string };

/**
 * The import that last wrote a record, and what the lines of its slice did, so that a slice done again does and counts the
 * same. `rows`: what stands for its rows that wrote the record, and for events that did: they say nothing new when they come again,
 * whatever happened since.
 */
export const Imported = z.object({
  by: z.string(),
  did: z.record(z.string(), z.enum(['created', 'updated', 'unchanged'])),
  rows: z.array(z.string()).optional(),
});
export type Imported = z.output<typeof Imported>;
export type Did = Imported['did'][string];

export type Recorded = { id: string; version: number; imported?: Imported | undefined };

export type Deciding<Known> = {
  now: string;
  known: Known;
  /** the id of a record that these rows are the first to tell of, which is as old as `at` */
  newId(at: string): string;
};

/**
 * `after`: what the rows make of a record, `before` where they say nothing new; undefined: nothing of them can be used. `said`
 * tells of it, `asked` has others do something about it.
 */
export type Decided<T> = { after?: T; said: Emitted[]; asked?: Emitted[]; faults: Fault[] };

/** Records of a context that come in by file. What makes one is decided there, as for its API. */
export type Importable<T extends Recorded, Known> = {
  /** what a request says the rows are of: orders, leads … */
  name: string;
  entity: Entity<T, { id: string }>;
  /** the path that says by what a record is known, which is a unique value of the entity of the same name */
  key: string;
  fields: Record<string, FileField>;
  /** rows that follow each other and name the same record are one record */
  joins?: boolean;
  /** what a mapping must lead to, in words, where these paths are not enough */
  lacks(paths: string[]): string | undefined;
  /** what has to be looked up to decide rows */
  lookUp(store: Store, rows: Given[]): Promise<Known>;
  /** What rows of one record make of it. Pure. */
  decide(rows: GivenRow[], before: T | undefined, how: Deciding<Known>): Decided<T>;
  /** what writes a record, beside what `decide` gives */
  written(before: T | undefined, after: T): Change[];
};

// biome-ignore lint/suspicious/noExplicitAny: records of all kinds share one table
export type AnyImportable = Importable<any, any>;

/** Declares what the rows of an imported file may be of, besides customers. */
export const importable = <T extends Recorded, Known>(declared: Importable<T, Known>): Importable<T, Known> => declared;
