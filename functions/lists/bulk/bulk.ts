import * as z from 'zod';
import type { Condition } from '../../shared/conditions/condition.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { Job, jobs, undoableUntil } from '../../shared/jobs/job.ts';
import type { Store } from '../../shared/store/store.ts';
import { bulkNotFound } from '../errors.ts';
import type { Action } from './action.ts';
import { fixCount } from './report.ts';

const count = z.int().min(0).default(0);

export const Bulk = z.object({
  id: z.string(),
  state: Job.shape.state,
  by: z.string(),
  target: z.json().describe('which customers; of customers that were named or found only how many'),
  action: z.json(),
  dryRun: z.boolean(),
  why: z.string(),
  counts: z.object({
    looked: count.describe('customers looked at'),
    fitting: count.describe('of these, those that are targets'),
    changed: count,
    unchanged: count.describe('there was nothing to change'),
    failed: count,
    left: count.describe('not, or not completely, changed or undone, as other values count or were written since'),
  }),
  fixes: z.record(z.string(), z.int()).describe('how many values each cleaning fix changed'),
  problem: z.string().optional(),
  undoes: z.string().nullable().describe('the job that this one undoes'),
  undoneBy: z.string().nullable().describe('the job that undoes this one'),
  undoableUntil: Instant.nullable(),
  reportUrl: z.string().nullable().describe('the finished report, as NDJSON; a link for an hour'),
  ...stamps,
});
export type Bulk = z.output<typeof Bulk>;

export const kinds = { change: 'bulk', undo: 'bulk-undo' } as const;

/** Which customers a job walks over: all or a list's members, filtered by a condition; or those chosen when it began. */
export type Walk = { of: 'all'; where?: Condition } | { of: 'list'; listId: string } | { of: 'chosen' };

export type BulkInput = { target: unknown; walk: Walk; action: Action; dryRun: boolean; why: string };
export type UndoInput = { undoes: string; why: string };

export const bulkInput = ({ input }: Pick<Job, 'input'>) => input as unknown as BulkInput;
export const undoInput = ({ input }: Pick<Job, 'input'>) => input as unknown as UndoInput;

export const undoneBy = ({ result }: Pick<Job, 'result'>) => (result as { undoneBy?: string } | null)?.undoneBy ?? null;

const requestOf = (job: Job) => {
  if (job.kind === kinds.undo) {
    return { ...undoInput(job), target: null, action: null, dryRun: false, undoableUntil: null };
  }
  const { walk: _, ...request } = bulkInput(job);
  const until = request.dryRun ? null : undoableUntil(job);
  return { ...(request as Pick<Bulk, 'target' | 'action' | 'dryRun' | 'why'>), undoes: null, undoableUntil: until };
};

const fixesOf = (counts: Job['counts']) =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([name]) => name.startsWith(fixCount))
      .map(([name, by]) => [name.slice(fixCount.length), by]),
  );

export const bulkOf = (job: Job): Bulk => {
  const { id, state, by, counts, problem, version, createdAt, updatedAt } = job;
  return {
    id,
    state,
    by,
    ...requestOf(job),
    counts: Bulk.shape.counts.parse(counts),
    fixes: fixesOf(counts),
    ...(problem === undefined ? {} : { problem }),
    undoneBy: undoneBy(job),
    reportUrl: null,
    version,
    createdAt,
    updatedAt,
  };
};

export const needBulk = async (store: Store, id: string): Promise<Job> => {
  const job = await store.get(jobs, { id });
  if (job && (job.kind === kinds.change || job.kind === kinds.undo)) return job;
  throw bulkNotFound();
};
