import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';

const kind = z.string();

export const jobContinued = event('customers', 'job.continued', bySystem, {
  summary: 'a job has work left: its next slice is due',
  data: () => z.object({ kind, slice: z.int().min(0) }),
  example: { kind: 'import', slice: 3 },
});

export const jobFinished = event('customers', 'job.finished', bySystem, {
  summary: 'a job has done all its work',
  data: () => z.object({ kind, counts: z.record(z.string(), z.int()) }),
  example: { kind: 'import', counts: { read: 1200, created: 1180, failed: 20 } },
});

export const jobFailed = event('customers', 'job.failed', bySystem, {
  summary: 'a job has failed; what it did until then stays',
  data: () => z.object({ kind, problem: z.string() }),
  example: { kind: 'import', problem: 'the file was never uploaded' },
});

export const jobCancelled = event('customers', 'job.cancelled', byStaff, {
  summary: 'a job was cancelled by a user; what it did until then stays',
  data: () => z.object({ kind, counts: z.record(z.string(), z.int()) }),
  example: { kind: 'import', counts: { read: 400, created: 400 } },
});
