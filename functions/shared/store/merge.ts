import type { Id } from '../../../events/ids.ts';
import type { Ctx } from '../http/context.ts';
import type { Change } from './changes.ts';
import type { Page, Paging, Store } from './store.ts';

type CustomerId = Id<'customer'>;

export type Merging = { into: CustomerId; from: CustomerId };

export type Move = { from: CustomerId; to: CustomerId };

/** A record in its customer's partition, for which each merge is decided by itself. */
export type MergedPart<T> = {
  /** moves or joins the record of `from` to what `into` has; `undo`, as JSON, is what `undo` needs to revert it */
  merge(value: T, into: CustomerId, ctx: Ctx): PartChanges | Promise<PartChanges>;
  /** reverts it as far as nothing has changed it since */
  undo?(undo: unknown, merging: Merging, ctx: Ctx): Promise<Change[]>;
  /** what a merge counts it under */
  counted?: string;
};
export type PartChanges = { changes: Change[]; undo?: unknown };

/** Records that hold more of their customer than its id: they move one by one. */
export type MovedRecords = {
  /** a page of the keys of a customer's records */
  keysOf(store: Store, customerId: string, paging: Paging): Promise<Page<string>>;
  /** moves one in one transaction, if it is still `from`'s; whether it was */
  move(key: string, move: Move, ctx: Ctx): Promise<boolean>;
};

/** Items that are moved as they are from one customer's partition of this kind to the other's. */
export type MovedPartition = { partition: string; within?: { from: string; to: string }; counted: string };

/**
 * What becomes of a record when its customer is merged into another. follow: it is filed under the other · derived: it follows
 * what it was derived from, and is not counted · stay: it stays with the record that was merged
 */
export type OnMerge<T> = 'follow' | 'derived' | 'stay' | MergedPart<T> | MovedRecords | MovedPartition;
