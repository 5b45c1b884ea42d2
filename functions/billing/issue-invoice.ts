import { newId } from '../../events/ids.ts';
import { invoiceIssued } from '../../events/invoice.ts';
import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, emit, insert } from '../shared/store/changes.ts';
import { asOfNow, recount, watched } from './account.ts';
import { invoices, shown, told } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

export const issueInvoice: Handler<typeof invoiceRoutes.issueInvoice> = async ({ body }, { now, store }) => {
  const { issuedOn, dueOn, total, status } = body;
  if (dueOn < issuedOn) throw invalid([{ path: 'dueOn', message: `is before issuedOn, ${issuedOn}` }]);
  const { id: customerId } = await needCustomer(store, body.customerId);
  const isPaid = status === 'paid';
  const invoice = asOfNow(
    now,
    created(now, {
      ...body,
      customerId,
      id: newId('invoice', now),
      paid: isPaid ? total.amount : 0,
      overdue: false,
      ...(isPaid ? { closedAt: now } : {}),
    }),
  );
  const changes = [
    insert(invoices, invoice),
    emit(invoiceIssued, { customerId, about: invoice.id, data: told(invoice) }),
    ...(await recount(store, { customerId, after: invoice })),
    ...watched(now, invoice),
  ];
  return store.commit(changes, shown(invoice));
};
