import { newId } from '../../../events/ids.ts';
import { quoteCreated } from '../../../events/quote.ts';
import { priceOf } from '../../commerce/price/price-of.ts';
import { needCustomer } from '../../customers/reads.ts';
import { prefers } from '../../shared/http/accepts.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, Reply } from '../../shared/http/contract.ts';
import { signedUrl } from '../../shared/http/signed-link.ts';
import { type Change, eventOf, insert, update } from '../../shared/store/changes.ts';
import { changeById, having, readById } from '../../shared/store/records.ts';
import { approvals } from '../approvals/approval.ts';
import { withdrawn } from '../approvals/approval-changes.ts';
import { neededApproval } from '../approvals/needed-approval.ts';
import { quoteNotOpen } from '../errors.ts';
import { acceptedQuote, declinedQuote, totalOf } from './accept-quote.ts';
import { shownQuote } from './customer-quotes.ts';
import { quotePage } from './document.ts';
import { quotes, type StoredQuote } from './quote.ts';
import { moved, newQuote } from './quote-changes.ts';
import { quotePdf } from './quote-pdf.ts';
import { quoteRoutes } from './quote-routes.ts';
import { sentQuote } from './send-quote.ts';

const price = async ({ validUntil, text, customerId, ...fields }: StoredQuote['asked'], ctx: Ctx) => {
  if (validUntil !== undefined && validUntil < ctx.now.slice(0, validUntil.length))
    throw invalid([{ path: 'validUntil', message: 'is in the past' }]);
  const { id } = await needCustomer(ctx.store, customerId);
  const asked = { ...fields, validUntil, text, customerId: id };
  const made = { id: newId('quote', ctx.now), asked, customerId: id };
  return { ...made, price: await priceOf(fields, { customerId: id }, ctx) };
};

/** a new quote, and the approval that it needs before it is sent */
const opened = async (quote: StoredQuote, ctx: Ctx): Promise<{ after: StoredQuote; changes: Change[] }> => {
  const needed = await neededApproval(quote, ctx);
  const after = needed ? { ...quote, approval: { id: needed.approval.id, state: 'pending' as const } } : quote;
  const asked = needed?.changes ?? [];
  return { after, changes: [insert(quotes, after), eventOf(quoteCreated, after, totalOf(after)), ...asked] };
};

export const quoteHandlers = handlers(quoteRoutes, {
  createQuote: async ({ body }, ctx) => {
    const { after, changes } = await opened(newQuote(ctx.now, await price(body, ctx)), ctx);
    return ctx.store.commit(changes, after);
  },
  findQuotes: ({ query: { customerId, state, ...paging } }, { store }) =>
    store.list(quotes, customerId ? 'customer' : 'all', customerId ?? 'all', { ...paging, keep: having({ state }) }),
  readQuote: readById(quotes),
  sendQuote: changeById(quotes, (before, { message }, ctx) => sentQuote(before, message, ctx)),
  acceptQuote: changeById(quotes, (before, { name }, ctx) => acceptedQuote(before, name, ctx)),
  declineQuote: changeById(quotes, (before, { reason }, { now }) => declinedQuote(before, reason, now)),
  reviseQuote: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const before = await store.need(quotes, { id });
    const { customerId, asked, approval } = before;
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const quote = newQuote(now, await price({ ...asked, ...given, customerId }, ctx), before);
    const waiting = approval?.state === 'pending' ? await store.get(approvals, { id: approval.id }) : undefined;
    const { after, changes } = await opened(quote, ctx);
    const old = moved(now, before, 'revised', { revisedBy: quote.id });
    return store.commit([update(quotes, before, old), ...changes, ...(waiting ? withdrawn(now, waiting) : [])], after);
  },
  readQuoteLink: async ({ params: { id = '' } }, { tenant, now, store }) => {
    const { sentAt, state } = await store.need(quotes, { id });
    if (!sentAt) throw quoteNotOpen(`The quote is ${state}: send it first.`);
    return { url: await signedUrl({ purpose: 'quote' as const, tenant, quoteId: id }, now) };
  },
  readQuoteDocument: async ({ params: { id = '' }, headers }, ctx) => {
    const shown = await shownQuote(await ctx.store.need(quotes, { id }), ctx);
    if (!prefers(headers.accept, 'application/pdf', 'text/html')) return quotePage(shown);
    return new Reply(200, await quotePdf(shown), { 'content-type': 'application/pdf', vary: 'accept' });
  },
});
