import * as z from 'zod';
import { byStaff, event } from './define.ts';

export const bulkStarted = event('customers', 'bulk.started', byStaff, {
  summary: 'a bulk change of many customers, or a dry run of it, was started; `about` is the job',
  data: () => z.object({ target: z.json(), action: z.json(), dryRun: z.boolean(), why: z.string() }),
  example: {
    target: { where: { attribute: 'address.country', is: 'SG' } },
    action: { tag: 'roadshow-2027' },
    dryRun: false,
    why: 'invited to the roadshow',
  },
});

export const bulkUndoStarted = event('customers', 'bulk.undo-started', byStaff, {
  summary: 'undoing a bulk change was started; `about` is the job that undoes it',
  data: () => z.object({ undoes: z.string(), why: z.string() }),
  example: { undoes: 'job_01jd5e7k3m9q2r4t6v8w0x1y2z', why: 'the wrong list was chosen' },
});
