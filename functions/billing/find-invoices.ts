import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { type Invoice, invoices, shown } from './invoice.ts';
import type { invoiceRoutes } from './invoice-routes.ts';

/** Of a customer, the latest issued first; of all, the longest due first. */
export const findInvoices: Handler<typeof invoiceRoutes.findInvoices> = async ({ query }, { store }) => {
  const { customerId, number, state, ...paging } = query;
  const keep = (found: Invoice) => !state || (state === 'overdue' ? found.overdue : found.status === state);
  if (customerId && number) throw invalid([{ path: 'number', message: 'ask by customerId or by number' }]);
  if (number) {
    const id = await store.holder(invoices, 'number', number);
    const found = id && (await store.get(invoices, { id }));
    return { items: found && keep(found) ? [shown(found)] : [], nextCursor: null };
  }
  if (!customerId && !state) throw invalid([{ path: 'state', message: 'ask by customerId, number or state' }]);
  const states = state === 'open' ? ['open', 'overdue'] : (state ?? '');
  const { items, nextCursor } = customerId
    ? await store.list(invoices, 'customer', (await needCustomer(store, customerId)).id, { ...paging, keep })
    : await store.list(invoices, 'state', states, { ...paging, upwards: true });
  return { items: items.map(shown), nextCursor };
};
