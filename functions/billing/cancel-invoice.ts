import { invoiceCancelled } from '../../events/invoice.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { next, say } from '../shared/store/changes.ts';
import { invoiceChanges } from './account.ts';
import { shown, told } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';
import { needOpenInvoice } from './need-open-invoice.ts';

export const cancelInvoice: UseCase<typeof invoiceRoutes.cancelInvoice> = async (
  { params: { id = '' }, body: { reason } },
  ctx,
) => {
  const { now, store } = ctx;
  const before = await needOpenInvoice(store, id);
  const after = next(now, before, { status: 'cancelled' as const, overdue: false, closedAt: now });
  const { customerId } = after;
  const said = say(invoiceCancelled, { customerId, about: id, data: { ...told(after), reason } });
  return store.commit([...(await invoiceChanges(ctx, before, after)), said], shown(after));
};
