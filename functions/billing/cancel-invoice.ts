import { invoiceCancelled } from '../../events/invoice.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, updated } from '../shared/store/changes.ts';
import { invoiceChanges } from './account.ts';
import { shown, told } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';
import { needOpenInvoice } from './need-open-invoice.ts';

export const cancelInvoice: Handler<typeof invoiceRoutes.cancelInvoice> = async (
  { params: { id = '' }, body: { reason } },
  ctx,
) => {
  const { now, store } = ctx;
  const before = await needOpenInvoice(store, id);
  const after = updated(now, before, { status: 'cancelled' as const, overdue: false, closedAt: now });
  const { customerId } = after;
  const said = emit(invoiceCancelled, { customerId, about: id, data: { ...told(after), reason } });
  return store.commit([...(await invoiceChanges(ctx, before, after)), said], shown(after));
};
