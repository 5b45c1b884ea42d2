import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { route } from '../../shared/contract.ts';
import { Told } from '../lists/bulk/bulk-log.ts';
import { Fixes } from '../lists/bulk/deed.ts';
import { Report } from './report/report.ts';
import { Starts } from './starts/starts.ts';

export const about = 'How good the record is: where values come from, what is stale, cleaning in bulk.';

const Example = z.record(z.string(), z.unknown());

export const routes = {
  listFixes: route('GET /v1/cleaning/fixes', {
    summary: 'Every way to clean a record: what it does, with an example; POST /v1/bulk does it',
    scope: 'customers.read',
    reply: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          does: z.string(),
          example: z.object({ before: Example, after: Example }),
          guesses: z.boolean().describe('it may be wrong about somebody: look at a preview first'),
        }),
      ),
    }),
  }),
  previewCleaning: route('POST /v1/cleaning/preview', {
    summary: 'What some fixes would change of the latest customers, before and after; nothing is changed',
    scope: 'customers.read',
    body: z.strictObject({ fixes: Fixes, sample: z.int().min(1).max(100).default(20) }),
    reply: z.object({
      looked: z.int(),
      dirty: z.int().describe('of these, with something to fix'),
      fixes: z.record(z.string(), z.int()).describe('how many values each fix would change'),
      items: z.array(z.object({ customerId: z.string(), changes: z.array(Told.extend({ fix: z.string() })) })),
    }),
    example: { fixes: ['whitespace', 'name.case'], sample: 10 },
  }),
  readStarts: route('GET /v1/customers/{id}/starts', {
    summary: 'How shareable, transportable, accurate, relevant, timely and secured a record is, from 0 to 100, and why',
    scope: 'customers.read',
    reply: Starts.extend({ customerId: CustomerId }),
  }),
  startReport: route('POST /v1/quality/report', {
    summary: 'Measure all records; a job makes the report',
    scope: 'customers.read',
    reply: z.object({ jobId: z.string() }),
    status: 202,
    refuses: ['quality.running'],
  }),
  readQuality: route('GET /v1/quality', {
    summary: 'The latest report on the quality of all records, and how it went before',
    scope: 'customers.read',
    reply: z.object({
      latest: Report.nullable(),
      trend: z.array(Report.pick({ id: true, at: true, customers: true, total: true, letters: true })),
    }),
  }),
};
