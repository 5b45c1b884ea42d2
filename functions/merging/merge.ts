import * as z from 'zod';
import { CustomerId, type Id, idOf, newId } from '../../events/ids.ts';
import { customers, Profile, StoredCustomer } from '../customers/customer.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { type Change, put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { allPages, recordPage } from '../shared/store/record-page.ts';
import type { Paging, Store } from '../shared/store/store.ts';
import { underWay } from './errors.ts';

export const Choices = z
  .record(z.string().max(120), z.enum(['into', 'from']))
  .refine(choices => Object.keys(choices).length <= 100, 'has more than 100 entries');

/** That one record was merged into another, with everything that it takes to undo it. */
export const Merge = z.object({
  id: idOf('merge'),
  into: CustomerId,
  from: CustomerId,
  /** moving: records of `from` are being moved · merged: all are moved · unmerging, unmerged: the same back */
  state: z.enum(['moving', 'merged', 'unmerging', 'unmerged']),
  at: Instant,
  by: z.string(),
  why: z.array(z.string()),
  choices: Choices,
  /** the job that moves what the request does not */
  job: idOf('job'),
  unmergedAt: Instant.optional(),
  unmergedBy: z.string().optional(),
  /** both records before the merge, and the profile of the one that stayed after it */
  before: z.object({ into: StoredCustomer, from: StoredCustomer }),
  after: z.object(Profile.shape),
  ...stamps,
});
export type Merge = z.output<typeof Merge>;

/** in a partition of the customer that stayed */
export const merges = entity('merge', Merge, {
  onErase: ({ id }) => ({ emptied: [['merge-log', id]] }),
  onMerge: 'stay',
  key: ({ into, from, id }: { into: string; from: string; id: string }) => ({
    of: ['merge', into],
    part: `${from}#${id}`,
  }),
});

export const latestMerge = async (store: Store, into: string, from: string): Promise<Merge | undefined> => {
  const within = { from: `${from}#`, to: `${from}$` };
  return (await recordPage(store, merges, ['merge', into], { limit: 1, within })).items[0];
};

export const mergesInto = (store: Store, into: string, paging: Paging) =>
  recordPage(store, merges, ['merge', into], paging);

export const isUnderWay = ({ state }: Pick<Merge, 'state'>) => state === 'moving' || state === 'unmerging';

/** Ids of the records that are merged into a customer, and into those; `check` sees each merge. */
export const absorbedBy = async (
  store: Store,
  id: string,
  check: (merge: Merge) => void = () => {},
): Promise<Id<'customer'>[]> => {
  const merges = await allPages(cursor => mergesInto(store, id, { limit: 100, cursor }));
  merges.forEach(check);
  const ids = merges.map(merge => merge.from);
  const from = await store.getByIds(customers, ids);
  const merged = from.filter(({ mergedInto }) => mergedInto === id).map(one => one.id);
  const further = await Promise.all(merged.map(one => absorbedBy(store, one, check)));
  return [...merged, ...further.flat()];
};

/** The same; refuses while a merge is under way. */
export const mergedWith = (store: Store, id: string) =>
  absorbedBy(store, id, merge => {
    if (isUnderWay(merge)) throw underWay();
  });

const identifierCount = ({ mergedIdentifiers }: StoredCustomer) => Object.values(mergedIdentifiers ?? {}).flat().length;

/** Which of two records stays when they are merged: the one that more records were merged into, else the older. */
export const pickSurvivor = (a: StoredCustomer, b: StoredCustomer) => {
  const [ofA, ofB] = [identifierCount(a), identifierCount(b)];
  if (ofA !== ofB) return ofA > ofB ? a : b;
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? a : b;
  return a.id < b.id ? a : b;
};

/** items that were moved as they are, from a partition of this kind */
const MovedItems = z.object({ what: z.literal('items'), of: z.string(), sks: z.array(z.string()) });

const FiledRecord = z.object({ pk: z.string(), sk: z.string(), kind: z.string(), index: z.string() });
const RefiledRecords = z.object({ what: z.literal('records'), records: z.array(FiledRecord) });

/** records that were moved one by one, by the keys that their entity gives them */
const MovedRecords = z.object({ what: z.literal('moved'), kind: z.string(), keys: z.array(z.string()) });

/** records in the customer's partition that were merged, with what their entity needs to undo it */
const MergedParts = z.object({
  what: z.literal('parts'),
  parts: z.array(z.object({ kind: z.string(), undo: z.unknown() })),
});

/** A step of moving the records of a merged customer: what it takes to undo it. */
const MergeStep = z.object({
  id: z.string(),
  mergeId: z.string(),
  step: z.discriminatedUnion('what', [MovedItems, RefiledRecords, MovedRecords, MergedParts]),
});
export type MergeStep = z.output<typeof MergeStep>;

export const mergeLog = entity('merge-step', MergeStep, {
  onErase: 'delete',
  area: 'merges',
  key: ({ mergeId, id }: { mergeId: string; id: string }) => ({ of: ['merge-log', mergeId], part: id }),
});

/** Logs a step, before it is done: undoing one that was not done changes nothing. */
export const logged = (now: string, mergeId: string, step: MergeStep['step']): Change =>
  put(mergeLog, { id: newId('merge', now), mergeId, step });
