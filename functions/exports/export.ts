import * as z from 'zod';
import { Instant, stamps } from '../shared/http/contract.ts';
import { Job } from '../shared/jobs/job.ts';

export const ExportFields = z.strictObject({
  why: z.string().trim().min(1).max(500).nullable().default(null).describe('for the record'),
});
type ExportFields = z.output<typeof ExportFields>;

/** A copy of everything that is stored for the company. */
export const Export = z.object({
  id: z.string(),
  state: Job.shape.state,
  why: z.string().nullable(),
  items: z.int(),
  files: z.int(),
  bytes: z.int(),
  /** a link to the copy as NDJSON, valid for an hour; null until it is done */
  url: z.string().nullable(),
  problem: z.string().nullable(),
  by: z.string(),
  version: stamps.version,
  createdAt: Instant,
  updatedAt: Instant,
});

export const copyPath = (id: string) => `exports/${id}/copy.ndjson`;

export const toReply = ({ cursor, slice, kind, result, input, counts, problem, ...job }: Job) => {
  const { items = 0, files = 0, bytes = 0 } = counts;
  return { ...job, why: (input as ExportFields).why, items, files, bytes, problem: problem ?? null };
};
