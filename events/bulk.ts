import * as z from 'zod';
import { event } from './define.ts';

export const bulkStarted = event('customers', 'bulk.started', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody had one change made to many customers, or tried out what it would do; `about` is the job',
  data: () => z.object({ over: z.json(), do: z.json(), dryRun: z.boolean(), why: z.string() }),
  example: {
    over: { where: { attribute: 'address.country', is: 'SG' } },
    do: { tag: 'roadshow-2027' },
    dryRun: false,
    why: 'invited to the roadshow',
  },
});

export const bulkUndoStarted = event('customers', 'bulk.undo-started', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody had taken back what a bulk change did; `about` is the job that takes it back',
  data: () => z.object({ undoes: z.string(), why: z.string() }),
  example: { undoes: 'job_01jd5e7k3m9q2r4t6v8w0x1y2z', why: 'the wrong list was chosen' },
});
