import { duplicateAccepted, duplicateRejected } from '../../events/duplicate.ts';
import { type Change, emit, insert, update, updated } from '../shared/store/changes.ts';
import { duplicates, type StoredDuplicate } from './duplicate.ts';
import { identityDigest } from './identity-digest.ts';
import { type Alike, foundNow, type Pair } from './judge-pair.ts';

type CustomerId = StoredDuplicate['customers'][number];
type Decided = { duplicate: StoredDuplicate; changes: Change[] };

/** Somebody judged that two records are two customers. */
export const rejectPair = (now: string, before: StoredDuplicate, { pair, by }: { pair: Pair; by: string }): Decided => {
  const rejected = { state: 'rejected' as const, rejectedAs: identityDigest(...pair), decidedBy: by };
  const duplicate = updated(now, before, rejected);
  const { id, customers, probability } = duplicate;
  const said = emit(duplicateRejected, { customerId: pair[0].id, about: id, data: { customers, probability } });
  return { duplicate, changes: [update(duplicates, before, duplicate), said] };
};

/** Somebody took two records apart again: the same, also where nobody had found them alike. */
export const keepApart = (now: string, { by, ...alike }: Omit<Alike, 'against'> & { by: string }): Change[] => {
  const { pair, before } = alike;
  if (before) return rejectPair(now, before, { pair, by }).changes;
  const { duplicate, changes } = rejectPair(now, foundNow(now, alike), { pair, by });
  return [insert(duplicates, { ...duplicate, version: 1 }), ...changes.slice(1)];
};

/** Two records were made one. */
export const acceptPair = (
  now: string,
  before: StoredDuplicate,
  { into, by }: { into: CustomerId; by: string },
): Decided => {
  const { rejectedAs, ...rest } = before;
  const duplicate = updated(now, rest as StoredDuplicate, { state: 'accepted', decidedBy: by });
  const { id, customers, probability } = duplicate;
  const data = { customers, probability, into, automatic: by.startsWith('rapport:') };
  return {
    duplicate,
    changes: [update(duplicates, before, duplicate), emit(duplicateAccepted, { customerId: into, about: id, data })],
  };
};
