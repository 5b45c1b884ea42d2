import { invoiceChanged } from '../../events/invoice.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, updated } from '../shared/store/changes.ts';
import { asOfNow, invoiceChanges, watched } from './account.ts';
import { shown, told } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';
import { needOpenInvoice } from './need-open-invoice.ts';

export const changeInvoice: Handler<typeof invoiceRoutes.changeInvoice> = async (
  { params: { id = '' }, body: { dueOn } },
  ctx,
) => {
  const { now, store } = ctx;
  const before = await needOpenInvoice(store, id);
  if (dueOn === undefined || dueOn === before.dueOn) return shown(before);
  if (dueOn < before.issuedOn) {
    throw invalid([{ path: 'dueOn', message: `is before issuedOn, ${before.issuedOn}` }]);
  }
  const after = asOfNow(now, updated(now, before, { dueOn }));
  const { customerId } = after;
  const changes = [
    ...(await invoiceChanges(ctx, before, after)),
    emit(invoiceChanged, { customerId, about: id, data: { ...told(after), from: before.dueOn } }),
    ...(after.overdue && before.overdue ? [] : watched(now, after)),
  ];
  return store.commit(changes, shown(after));
};
