import * as z from 'zod';
import { byStaff, event } from './define.ts';

export const exportRequested = event('customers', 'export.requested', byStaff, {
  summary: 'a copy of everything stored for the company was requested',
  data: () => z.object({ why: z.string().nullable() }),
  example: { why: 'yearly backup' },
});

export const customerExported = event('customers', 'customer.exported', byStaff, {
  summary: 'everything stored of a customer was exported',
  data: () => z.object({ lines: z.int() }),
  example: { lines: 120 },
});
