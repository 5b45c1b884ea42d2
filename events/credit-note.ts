import * as z from 'zod';
import { byStaff, event } from './define.ts';
import { Money } from './money.ts';

export const creditNoteIssued = event('customers', 'credit-note.issued', byStaff, {
  summary:
    'a customer was credited a part of invoices, or all of them; `repay` was paid already and is owed to the customer',
  data: () =>
    z.object({
      number: z.string(),
      total: Money,
      repay: Money,
      invoices: z.array(z.object({ id: z.string(), amount: z.int() })),
    }),
  example: {
    number: 'C-2026-00007',
    total: { amount: 12_900, currency: 'SGD' },
    repay: { amount: 0, currency: 'SGD' },
    invoices: [{ id: 'inv_01jd5e7k3m9q2r4t6v8w0x1y2z', amount: 12_900 }],
  },
});
