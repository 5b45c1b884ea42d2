import { asItIs, type Lock } from '../shared/store/lock.ts';
import { allPages } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { type End, ends, isShown, overlap, typeKey } from './end.ts';
import { relationshipExclusive, relationshipExists } from './errors.ts';

/** ends of one type at one customer that are read; beyond them the unique claims alone prevent conflicts */
const limits = { page: 100, all: 500 };

type Filter = { customerId: string; type: string; keep: (end: End) => boolean };

/** `locks`: those of a decision, for which what is read is read as it is now */
export type Reads = { store: Store; locks?: Lock[] };

/** the ends of one type at one customer, latest first, up to the limits */
export const endsOfType = async ({ store, locks }: Reads, { customerId, type, keep }: Filter): Promise<End[]> => {
  const key = typeKey(customerId, type);
  const found = await allPages(cursor => store.list(ends, 'type', key, { limit: limits.page, cursor }), limits.all);
  if (!locks) return found.filter(keep);
  const current = await asItIs(store, ends, found, locks);
  return current.filter(end => end.customerId === customerId && end.type === type && isShown(end) && keep(end));
};

type Conflict = { why: 'duplicate' | 'exclusive'; id: string };

/** the relationship on the same days that conflicts with a `from` end, and why */
export const conflictOf = async (reads: Reads, end: End): Promise<Conflict | undefined> => {
  const { id, customerId, type, with: other, mutual, exclusive } = end;
  const keep = (one: End) => one.id !== id && overlap(one, end);
  // either customer may have more of the type than are read: a duplicate is searched from both ends
  const [own, others] = await Promise.all([
    endsOfType(reads, { customerId, type, keep }),
    endsOfType(reads, { customerId: other, type, keep }),
  ]);
  const duplicate =
    own.find(one => one.with === other && (mutual || one.side === end.side)) ??
    others.find(one => one.with === customerId && (mutual || one.side !== end.side));
  if (duplicate) return { why: 'duplicate', id: duplicate.id };
  const current = exclusive && own.find(one => one.side === end.side);
  return current ? { why: 'exclusive', id: current.id } : undefined;
};

export const mustNotConflict = async (reads: Reads, end: End) => {
  const conflict = await conflictOf(reads, end);
  if (!conflict) return;
  const error = conflict.why === 'duplicate' ? relationshipExists : relationshipExclusive;
  throw error(undefined, { extra: { holder: conflict.id } });
};
