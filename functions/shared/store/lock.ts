import * as z from 'zod';
import { plus } from '../time/duration.ts';
import { type Change, save } from './changes.ts';
import { type Entity, entity } from './entity.ts';
import type { Store } from './store.ts';

const Recent = z.object({ kind: z.string(), key: z.record(z.string(), z.string()), at: z.string() });

const StoredLock = z.object({ id: z.string(), recent: z.array(Recent), until: z.string(), version: z.int() });
type StoredLock = z.output<typeof StoredLock>;

export const locks = entity('lock', StoredLock, { onErase: 'not-personal', expires: ({ until }) => until });

/** longer than an index is ever late */
const remembered = 'PT15M';

/** What serialises the decisions about one thing: each changes it in its transaction, and of two at a time one decides again. */
export type Lock = Readonly<{ before: StoredLock | undefined; id: string; now: string; recent: StoredLock['recent'] }>;

/** Takes the lock, before anything is read that the decision depends on. */
export const lockOn = async ({ get, now }: Store, id: string): Promise<Lock> => {
  const before = await get(locks, { id });
  return { before, id, now, recent: (before?.recent ?? []).filter(({ at }) => plus(at, remembered) > now) };
};

type Written = { kind: string; key: Record<string, string> };

export const written = <T, K extends Record<string, string>>({ kind }: Entity<T, K>, key: NoInfer<K>): Written => ({
  kind,
  key,
});

/** the change that closes a decision; `records`: those that it writes and that an index may not show yet to the next one */
export const decidedUnder = ({ before, id, now, recent }: Lock, records: Written[]): Change => {
  const all = [...recent, ...records.map(one => ({ ...one, at: now }))];
  const version = (before?.version ?? 0) + 1;
  return save(locks, before, { id, recent: all.slice(-200), until: plus(now, remembered), version });
};

/**
 * What a decision depends on, as it is: records that an index shows, which may be late, and those that were written under the
 * locks of late, all read by their keys.
 */
export const asItIs = <T, K extends object>(
  store: Store,
  entity: Entity<T, K>,
  shown: NoInfer<T>[],
  held: Lock[],
): Promise<T[]> => {
  const recent = held.flatMap(lock => lock.recent).filter(({ kind }) => kind === entity.kind);
  return store.getAll(entity, [...shown.map(one => one as unknown as K), ...recent.map(({ key }) => key as K)]);
};
