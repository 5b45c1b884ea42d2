import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { ValueChange } from '../customers/undo-profile.ts';
import { Fixes } from '../lists/bulk/action.ts';
import { route } from '../shared/http/contract.ts';
import { reportRunning } from './errors.ts';
import { Report } from './report/report.ts';
import { Starts } from './starts/starts.ts';

const Example = z.record(z.string(), z.unknown());

export const qualityRoutes = {
  listFixes: route('GET /v1/cleaning/fixes', {
    summary: 'List the fixes that clean a record, with examples; POST /v1/bulk applies them',
    scope: 'customers.read',
    reply: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          does: z.string(),
          example: z.object({ before: Example, after: Example }),
          guesses: z.boolean().describe('it may be wrong about a customer: look at a preview first'),
        }),
      ),
    }),
  }),
  previewCleaning: route('POST /v1/cleaning/preview', {
    summary: 'Preview what fixes would change of the latest customers, before and after; changes nothing',
    scope: 'customers.read',
    body: z.strictObject({ fixes: Fixes, sample: z.int().min(1).max(100).default(20) }),
    reply: z.object({
      looked: z.int(),
      dirty: z.int().describe('of these, with something to fix'),
      fixes: z.record(z.string(), z.int()).describe('how many values each fix would change'),
      items: z.array(z.object({ customerId: z.string(), changes: z.array(ValueChange.extend({ fix: z.string() })) })),
    }),
    example: { fixes: ['whitespace', 'name.case'], sample: 10 },
  }),
  readStarts: route('GET /v1/customers/{id}/starts', {
    summary:
      'Read how shareable, transportable, accurate, relevant, timely and secured a record is, from 0 to 100, and why',
    scope: 'customers.read',
    reply: Starts.extend({ customerId: CustomerId }),
  }),
  startReport: route('POST /v1/quality/report', {
    summary: 'Measure the quality of all records; a job makes the report',
    scope: 'customers.read',
    reply: z.object({ jobId: z.string() }),
    status: 202,
    errors: [reportRunning],
  }),
  readQuality: route('GET /v1/quality', {
    summary: 'Read the latest report on the quality of all records, and the trend',
    scope: 'customers.read',
    reply: z.object({
      latest: Report.nullable(),
      trend: z.array(Report.pick({ id: true, at: true, customers: true, total: true, letters: true })),
    }),
  }),
};
