import type { Id } from '../../../events/ids.ts';
import type { Change } from './changes.ts';
import type { Entity, Place } from './entity.ts';
import type { Store } from './store.ts';

/** What becomes of a record, and of what hangs on it. */
export type Erased<T> = {
  /** what is left of it, with nothing of the person; without it the record is removed */
  left?: T;
  /** writes that go with it, in the same transaction */
  changes?: Change[];
  /** partitions that hold what is its alone: they are emptied after it */
  emptied?: Place['of'][];
  /** paths of files that are its */
  files?: string[];
  /** timelines of others that tell of it */
  told?: { of: Place['of']; about: string }[];
};

type Erasing = {
  store: Store;
  now: string;
  /** the erasure it is part of, and when nothing from before was to count any more */
  erasure: { id: Id<'erasure'>; customerId: Id<'customer'>; at: string };
};

export type EraseRecord<T> = (value: T, erasing: Erasing) => Erased<T> | Promise<Erased<T>>;

/** What becomes of the records of one kind when the customer they are of is erased. */
export type EraseRule = {
  // biome-ignore lint/suspicious/noExplicitAny: rules of all types share one table
  entity: Entity<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  erase: EraseRecord<any>;
};

/** the record goes; `emptied`: and all that lies in these partitions */
export const gone = <T, K>(entity: Entity<T, K>, emptied?: (value: T) => Place['of'][]): EraseRule => ({
  entity,
  erase: (value: T) => ({ emptied: emptied?.(value) ?? [] }),
});

/** the record goes or stays as a function says */
export const by = <T, K>(entity: Entity<T, K>, erase: EraseRecord<T>): EraseRule => ({ entity, erase });
