import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Day } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

/** What a customer need not pay, or gets back, of invoices. */
export const CreditNote = z.object({
  id: idOf('creditNote'),
  customerId: CustomerId,
  number: z.string().describe('without gaps; unique'),
  total: Money,
  repay: Money.describe('the part of the total that was paid already'),
  invoices: z.array(z.object({ id: idOf('invoice'), amount: z.int() })).describe('what it takes off each invoice'),
  orderId: idOf('order').optional(),
  issuedOn: Day,
  reason: z.string().optional(),
  ...stamps,
});
export type CreditNote = z.output<typeof CreditNote>;

export const creditNotes = entity('credit-note', CreditNote, {
  onMerge: 'follow',
  onErase: ({ reason: _, ...left }) => ({ left }),
  area: 'invoices',
  owner: ({ customerId }) => customerId,
  lists: {
    customer: { by: ({ customerId }) => customerId },
    order: { by: ({ orderId }) => orderId },
  },
});
