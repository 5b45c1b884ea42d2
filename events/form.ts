import * as z from 'zod';
import { byStaff, event, fromCustomer } from './define.ts';

export const formChanged = event('sales', 'form.changed', byStaff, {
  summary: 'a form for a page was created, changed or removed',
  data: () => z.object({ name: z.string(), removed: z.boolean() }),
  example: { name: 'Test drive', removed: false },
});

export const formSubmitted = event('sales', 'form.submitted', fromCustomer, {
  summary: 'a form was submitted; `leadId` is null where the customer has an open lead from it already',
  data: () => z.object({ leadId: z.string().nullable(), topics: z.array(z.string()) }),
  example: { leadId: 'lead_01jd5e7k3m9q2r4t6v8w0x1y2z', topics: ['newsletter'] },
});
