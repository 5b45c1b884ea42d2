import type * as z from 'zod';
import { invoiceCancelled, invoiceChanged } from '../../events/invoice.ts';
import { callingCustomer } from '../customers/active-customer.ts';
import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { eventOf, updated } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { invoiceChanges, watchInvoice, withOverdue } from './account.ts';
import { invoiceClosed } from './errors.ts';
import { type Invoice, type InvoiceState, invoices, withBalance } from './invoice.ts';
import { invoiceRoutes } from './invoice-routes.ts';
import { issuedInvoice } from './issue-invoice.ts';

const needOpenInvoice = async (store: Store, id: string): Promise<Invoice> => {
  const invoice = await store.need(invoices, { id });
  if (invoice.status !== 'open') throw invoiceClosed(`The invoice is already ${invoice.status}. Issue a new invoice.`);
  return invoice;
};

const mustBeInOrder = (issuedOn: string, dueOn: string) => {
  if (dueOn < issuedOn) throw invalid([{ path: 'dueOn', message: `is before issuedOn, ${issuedOn}` }]);
};

type State = z.output<typeof InvoiceState>;

const isIn = (state: State | undefined) => (invoice: Invoice) =>
  !state || (state === 'overdue' ? invoice.overdue : invoice.status === state);

export const invoiceHandlers = handlers(invoiceRoutes, {
  issueInvoice: async ({ body }, { now, store }) => {
    mustBeInOrder(body.issuedOn, body.dueOn);
    const { id: customerId } = await needCustomer(store, body.customerId);
    const { invoice, changes } = await issuedInvoice({ ...body, customerId }, { now, store });
    return store.commit(changes, withBalance(invoice));
  },
  findInvoices: async ({ query: { customerId, number, state, ...paging } }, { store }) => {
    const keep = isIn(state);
    if (customerId && number) throw invalid([{ path: 'number', message: 'give either customerId or number' }]);
    if (number) {
      const invoice = await store.getBy(invoices, 'number', number);
      return { items: invoice && keep(invoice) ? [withBalance(invoice)] : [], nextCursor: null };
    }
    if (!customerId && !state) throw invalid([{ path: 'state', message: 'give customerId, number or state' }]);
    const states = state === 'open' ? ['open', 'overdue'] : (state ?? '');
    const { items, nextCursor } = customerId
      ? await store.list(invoices, 'customer', (await needCustomer(store, customerId)).id, { ...paging, keep })
      : await store.list(invoices, 'state', states, { ...paging, upwards: true });
    return { items: items.map(withBalance), nextCursor };
  },
  listMyInvoices: async ({ query: { state, ...paging } }, ctx) => {
    const { id } = await callingCustomer(ctx);
    const { items, nextCursor } = await ctx.store.list(invoices, 'customer', id, { ...paging, keep: isIn(state) });
    return { items: items.map(withBalance), nextCursor };
  },
  readInvoice: async ({ params: { id = '' } }, { store }) => withBalance(await store.need(invoices, { id })),
  changeInvoice: async ({ params: { id = '' }, body: { dueOn } }, ctx) => {
    const { now, store } = ctx;
    const before = await needOpenInvoice(store, id);
    if (dueOn === undefined || dueOn === before.dueOn) return withBalance(before);
    mustBeInOrder(before.issuedOn, dueOn);
    const after = withOverdue(now, updated(now, before, { dueOn }));
    const changes = [
      ...(await invoiceChanges(ctx, before, after)),
      eventOf(invoiceChanged, withBalance(after), { from: before.dueOn }),
      ...(after.overdue && before.overdue ? [] : watchInvoice(now, after)),
    ];
    return store.commit(changes, withBalance(after));
  },
  cancelInvoice: async ({ params: { id = '' }, body: { reason } }, ctx) => {
    const { now, store } = ctx;
    const before = await needOpenInvoice(store, id);
    const after = updated(now, before, { status: 'cancelled', overdue: false, closedAt: now });
    const event = eventOf(invoiceCancelled, withBalance(after), { reason });
    return store.commit([...(await invoiceChanges(ctx, before, after)), event], withBalance(after));
  },
});
