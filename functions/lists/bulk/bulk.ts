import * as z from 'zod';
import { ApiError } from '../../shared/http/api-error.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { Job, jobs } from '../../shared/jobs/job.ts';
import type { Store } from '../../shared/store/store.ts';
import { plus } from '../../shared/time/duration.ts';
import { bulkInput, undoInput } from './bulk-input.ts';
import { undoableFor } from './bulk-log.ts';
import { fixCount } from './lines.ts';

const count = z.int().min(0).default(0);

/** A job that changes many customers, or takes such a change back. */
export const Bulk = z.object({
  id: z.string(),
  state: Job.shape.state,
  by: z.string(),
  over: z.json().describe('whom: of customers that were named or found only how many'),
  do: z.json(),
  dryRun: z.boolean(),
  why: z.string(),
  counts: z.object({
    looked: count.describe('customers looked at'),
    fitting: count.describe('of these, those that it is about'),
    changed: count,
    unchanged: count.describe('there was nothing to change'),
    failed: count,
    left: count.describe('not taken back, or not whole: changed since'),
  }),
  fixes: z.record(z.string(), z.int()).describe('how many values each cleaning fix changed'),
  problem: z.string().optional(),
  undoes: z.string().nullable().describe('the job that this one takes back'),
  undoneBy: z.string().nullable().describe('the job that takes this one back'),
  undoableUntil: Instant.nullable(),
  reportUrl: z.string().nullable().describe('the report when it is whole, as NDJSON; a link for an hour'),
  ...stamps,
});
export type Bulk = z.output<typeof Bulk>;

export const kinds = { change: 'bulk', undo: 'bulk-undo' } as const;

/** what came of a job of these kinds */
type Result = { undoneBy?: string } | null;

export const undoneBy = ({ result }: Pick<Job, 'result'>) => (result as Result)?.undoneBy ?? null;

/** the last instant at which a bulk change can be taken back */
export const undoableUntil = ({ createdAt }: Job) => plus(createdAt, undoableFor);

const asked = (job: Job) => {
  if (job.kind === kinds.undo) {
    const { undoes, why } = undoInput(job);
    return { over: null, do: null, dryRun: false, why, undoes, undoableUntil: null };
  }
  const { over, do: deed, dryRun, why } = bulkInput(job);
  return {
    over: over as Bulk['over'],
    do: deed as Bulk['do'],
    dryRun,
    why,
    undoes: null,
    undoableUntil: dryRun ? null : undoableUntil(job),
  };
};

const fixesOf = (counts: Job['counts']) =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([name]) => name.startsWith(fixCount))
      .map(([name, by]) => [name.slice(fixCount.length), by]),
  );

/** a job as it is told of; without the link to its report */
export const bulkOf = (job: Job): Bulk => {
  const { id, state, by, counts, problem, version, createdAt, updatedAt } = job;
  const { looked = 0, fitting = 0, changed = 0, unchanged = 0, failed = 0, left = 0 } = counts;
  return {
    id,
    state,
    by,
    ...asked(job),
    counts: { looked, fitting, changed, unchanged, failed, left },
    fixes: fixesOf(counts),
    ...(problem === undefined ? {} : { problem }),
    undoneBy: undoneBy(job),
    reportUrl: null,
    version,
    createdAt,
    updatedAt,
  };
};

const isBulk = ({ kind }: Job) => kind === kinds.change || kind === kinds.undo;

/** a job of these kinds; any other is not there */
export const needBulk = async (store: Store, id: string): Promise<Job> => {
  const job = await store.get(jobs, { id });
  if (job && isBulk(job)) return job;
  throw new ApiError('missing', 'bulk.not-found', 'there is no such bulk change');
};
