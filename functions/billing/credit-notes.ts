import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { readById } from '../shared/store/records.ts';
import { creditNotes } from './credit-note.ts';
import { creditNoteRoutes } from './invoice-routes.ts';

export const creditNoteHandlers = handlers(creditNoteRoutes, {
  findCreditNotes: async ({ query: { customerId, orderId, ...paging } }, { store }) => {
    if (orderId && !customerId) return store.list(creditNotes, 'order', orderId, paging);
    if (!customerId || orderId) throw invalid([{ path: 'customerId', message: 'give either customerId or orderId' }]);
    return store.list(creditNotes, 'customer', (await needCustomer(store, customerId)).id, paging);
  },
  readCreditNote: readById(creditNotes),
});
