import * as z from 'zod';
import { event } from './define.ts';

const origin = { source: z.string(), format: z.string(), dryRun: z.boolean() };
const rows = z.record(z.string(), z.int());

const example = { source: 'sales list', format: 'csv', dryRun: false };

export const importCreated = event('customers', 'import.created', {
  summary: 'somebody is about to bring in customers from a file',
  data: () => z.object(origin),
  example,
});

export const importStarted = event('customers', 'import.started', {
  summary: 'the rows of a file begin to come in',
  data: () => z.object({ ...origin, bytes: z.int() }),
  example: { ...example, bytes: 1_048_576 },
});

export const importFinished = event('customers', 'import.finished', {
  summary: 'all rows of a file were read; what was wrong with some is in the import’s errors',
  data: () => z.object({ ...origin, rows }),
  example: { ...example, rows: { read: 1200, created: 1180, failed: 20 } },
});

export const importFailed = event('customers', 'import.failed', {
  summary: 'an import cannot go on; the rows that came in until then stay',
  data: () => z.object({ ...origin, rows, problem: z.string() }),
  example: { ...example, rows: { read: 400, created: 400 }, problem: 'the file was replaced while it was read' },
});
