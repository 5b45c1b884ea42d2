import * as z from 'zod';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { masked } from '../../customers/redact.ts';
import { Left, ProfileDone, ValueChange } from '../../customers/undo-profile.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { type Job, jobs, storedUntil } from '../../shared/jobs/job.ts';
import type { Json } from '../../shared/json.ts';
import { update, updated } from '../../shared/store/changes.ts';
import { entity } from '../../shared/store/entity.ts';
import { Member } from '../list.ts';

/** Which customers a slice looks at, written before anything is done: repeated after a crash, it looks at the same ones. */
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

/** what was done, as far as undoing needs it; `origins` of the values that were changed */
const Done = z.discriminatedUnion('what', [
  ProfileDone,
  z.object({ what: z.literal('tag'), tag: z.string() }),
  z.object({ what: z.literal('untag'), tag: z.string() }),
  z.object({ what: z.literal('added'), listId: z.string(), place: z.string() }),
  z.object({ what: z.literal('removed'), member: Member }),
  z.object({ what: z.literal('consent') }),
  z.object({ what: z.literal('owner'), was: z.string().nullable(), became: z.string().nullable() }),
]);
export type Done = z.output<typeof Done>;

/** a job without the values that it set and chose its customers by: they may be those of one */
const withoutValues = (now: string, job: Job): Job => {
  const input = job.input as { action?: { set?: Json }; target?: Json; walk?: Json };
  const set = input.action?.set && Object.fromEntries(Object.keys(input.action.set).map(name => [name, masked]));
  const chosen = (by: Json = {}) => ('where' in by ? { ...by, where: masked } : by);
  const left = {
    ...input,
    target: chosen(input.target),
    walk: chosen(input.walk),
    ...(set ? { action: { set } } : {}),
  };
  return updated(now, job, { input: left as Job['input'] });
};

/** That a job changed a customer; written in the transaction of the change. */
export const BulkChange = z.object({
  jobId: idOf('job'),
  /** as planned: the change is of the customer that it was merged into since */
  customerId: CustomerId,
  at: Instant,
  changes: z.array(ValueChange),
  fixes: z.record(z.string(), z.int()).optional(),
  done: Done,
  left: z.array(Left).optional(),
  undone: z.object({ by: idOf('job'), at: Instant, changes: z.array(ValueChange), left: z.array(Left) }).optional(),
  version: stamps.version,
});
export type BulkChange = z.output<typeof BulkChange>;

/** in the customer's partition, before the events, where the single view does not read it */
export const bulkChanges = entity('bulk-change', BulkChange, {
  onErase: async ({ jobId }, { store, now }) => {
    const job = await store.get(jobs, { id: jobId });
    const isOver = job && job.state !== 'running' && job.state !== 'waiting';
    return isOver ? { changes: [update(jobs, job, withoutValues(now, job))], emptied: [['log', jobId]] } : {};
  },
  onMerge: 'stay',
  area: 'lists',
  key: ({ jobId, customerId }: { jobId: string; customerId: string }) => ({
    of: ['customer', customerId],
    part: `!bulk#${jobId}`,
  }),
  expires: ({ at }) => storedUntil(at),
});
