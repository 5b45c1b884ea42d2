import * as z from 'zod';
import { Instant, stamps } from '../shared/http/contract.ts';
import { Job } from '../shared/jobs/job.ts';
import type { Key } from '../shared/store/tenant-copy.ts';

/** what somebody says of a copy */
export const ExportFields = z.strictObject({
  why: z.string().trim().min(1).max(500).nullable().default(null).describe('for the record'),
});

/** A copy of everything that is kept for the company. */
export const Export = z.object({
  id: z.string(),
  state: Job.shape.state,
  why: z.string().nullable(),
  items: z.int(),
  files: z.int(),
  bytes: z.int(),
  /** a link to the copy as NDJSON, good for an hour; null until it is done */
  url: z.string().nullable(),
  problem: z.string().nullable(),
  by: z.string(),
  version: stamps.version,
  createdAt: Instant,
  updatedAt: Instant,
});

/** among the items: the key after which; among the files: a page of their names, the place in it, and bytes of that file */
export type At = { of: 'items'; after: Key | null } | { of: 'files'; page: string | null; nth: number; byte: number };

/** where the next slice goes on */
export type Cursor = {
  /** of the one large file, and the tags of its parts so far */
  upload: string;
  etags: string[];
  /** bytes that are not yet a part: a part has five megabytes at least */
  rest: number;
  /** the items come first, then the files, a piece at a time */
  at: At;
};

export const copyPath = (id: string) => `exports/${id}/copy.ndjson`;

/** what is left over by a slice, for the next */
export const restPath = (id: string, slice: number) => `exports/${id}/rest-${slice}`;

/** an export as it is told, but for its link */
export const shown = ({ id, state, input, counts, problem, by, version, createdAt, updatedAt }: Job) => ({
  id,
  state,
  why: (input as z.output<typeof ExportFields>).why,
  items: counts.items ?? 0,
  files: counts.files ?? 0,
  bytes: counts.bytes ?? 0,
  problem: problem ?? null,
  by,
  version,
  createdAt,
  updatedAt,
});
