import * as z from 'zod';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Origin } from '../../customers/attributes/provenance.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { plus } from '../../shared/time/duration.ts';
import { Member } from '../list.ts';

/** for how long a bulk change can be taken back, and how long what it takes is kept: taking back may last */
export const undoableFor = 'P30D';
const keptFor = 'P37D';

export const keptUntil = (now: string) => plus(now, keptFor);

/**
 * Which customers one slice of a job looks at. It is written before anything is done, so that a slice done again after a crash
 * is about the same customers, whatever its first time made of the list or the condition.
 */
const Plan = z.object({
  jobId: idOf('job'),
  slice: z.int(),
  ids: z.array(CustomerId),
  /** cursor of the next slice's customers; null: these are the last */
  next: z.string().nullable(),
  until: Instant,
});
export type Plan = z.output<typeof Plan>;

export const plans = entity('bulk-plan', Plan, {
  onErase: 'not-personal',
  key: ({ jobId, slice }: { jobId: string; slice: number }) => ({
    of: ['bulk', jobId],
    part: String(slice).padStart(8, '0'),
  }),
  expires: ({ until }) => until,
});

/** one value that was changed */
export const Told = z.object({ attribute: z.string(), from: z.unknown(), to: z.unknown() });
export type Told = z.output<typeof Told>;

const Profiles = z.record(z.string(), z.unknown());

/** what was done, as far as it takes to take it back */
const Did = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('profile'),
    was: Profiles,
    became: Profiles,
    /** where the values came from that are others now */
    origins: z.record(z.string(), Origin),
  }),
  z.object({ what: z.literal('tag'), tag: z.string() }),
  z.object({ what: z.literal('untag'), tag: z.string() }),
  z.object({ what: z.literal('joined'), listId: z.string(), place: z.string() }),
  z.object({ what: z.literal('left'), member: Member }),
  z.object({ what: z.literal('consent') }),
  z.object({ what: z.literal('owner'), was: z.string().nullable(), became: z.string().nullable() }),
]);
export type Did = z.output<typeof Did>;

/** what was not changed, or is not taken back, and why */
export const Left = z.object({ attribute: z.string(), why: z.string() });
export type Left = z.output<typeof Left>;

/** That a job changed a customer; written with the change itself, so that it is there exactly when the change is. */
export const BulkChange = z.object({
  jobId: idOf('job'),
  /** as the plan names it: a record merged away since stands for whom it was merged into */
  customerId: CustomerId,
  at: Instant,
  changes: z.array(Told),
  /** how many values each cleaning fix changed */
  fixes: z.record(z.string(), z.int()).optional(),
  did: Did,
  left: z.array(Left).optional(),
  undone: z.object({ by: idOf('job'), at: Instant, changes: z.array(Told), left: z.array(Left) }).optional(),
  version: stamps.version,
});
export type BulkChange = z.output<typeof BulkChange>;

/** It lies with the customer, so that it goes when the customer is erased; before the events, where no view meets it. */
export const bulkChanges = entity('bulk-change', BulkChange, {
  onMerge: 'stay',
  onErase: 'delete',
  area: 'lists',
  key: ({ jobId, customerId }: { jobId: string; customerId: string }) => ({
    of: ['customer', customerId],
    part: `!bulk#${jobId}`,
  }),
  expires: ({ at }) => keptUntil(at),
});
