import type { Id } from '../../../events/ids.ts';
import type { Change } from './changes.ts';
import type { Place } from './entity.ts';
import type { Store } from './store.ts';

export type Erased<T> = {
  /** what is left of it, with nothing of the person; without it the record is removed */
  left?: T;
  changes?: Change[];
  /** partitions that hold what is its alone: they are emptied after it */
  emptied?: Place['of'][];
  files?: string[];
  /** timelines of other customers with events about it */
  mentions?: { of: Place['of']; about: string }[];
};

export type Erasing = {
  /** what keeps late events and repetitions from bringing back a customer that was known by these identities */
  bury(identities: { type: string; value: string }[]): Promise<Change[]>;
  store: Store;
  now: string;
  /** the erasure it is part of, and when nothing from before was to count any more */
  erasure: { id: Id<'erasure'>; customerId: Id<'customer'>; at: string };
};

export type EraseRecord<T> = (value: T, erasing: Erasing) => Erased<T> | Promise<Erased<T>>;
