import * as z from 'zod';
import { event } from './define.ts';

export const exportRequested = event('customers', 'export.requested', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody takes a copy of everything that is kept for the company',
  data: () => z.object({ why: z.string().nullable() }),
  example: { why: 'yearly backup' },
});

export const customerExported = event('customers', 'customer.exported', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody was given everything that is held of a customer',
  data: () => z.object({ lines: z.int() }),
  example: { lines: 120 },
});
