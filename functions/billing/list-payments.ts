import type { Handler } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import { invoices, paymentParts, payments } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

export const listPayments: Handler<typeof invoiceRoutes.listPayments> = async (
  { params: { id = '' }, query },
  { store },
) => {
  await store.need(invoices, { id });
  const { items, nextCursor } = await store.range(['invoice', id], { ...query, within: paymentParts });
  return { items: items.map(item => revive(payments, item)), nextCursor };
};
