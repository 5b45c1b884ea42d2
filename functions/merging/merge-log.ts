import * as z from 'zod';
import { newId } from '../../events/ids.ts';
import { type Change, put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';

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
export const MergeStep = z.object({
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
