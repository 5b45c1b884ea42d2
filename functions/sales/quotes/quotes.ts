import { newId } from '../../../events/ids.ts';
import { quoteAccepted, quoteCreated, quoteDeclined, quoteSent } from '../../../events/quote.ts';
import { priceOf } from '../../commerce/price/price-of.ts';
import { productsOf } from '../../commerce/products/read-products.ts';
import { customerById, needCustomer } from '../../customers/reads.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { eventOf, insert, update } from '../../shared/store/changes.ts';
import { changeById, having, readById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { orders } from '../orders/order.ts';
import { quoteDocument } from './document.ts';
import { type Quote, quotes, type StoredQuote } from './quote.ts';
import { moved, newQuote, orderOf, refuseExpired } from './quote-changes.ts';
import { quoteRoutes } from './quote-routes.ts';

const totalOf = ({ gross: amount, currency }: Quote) => ({ total: { amount, currency } });

const price = async ({ validUntil, text, customerId, ...fields }: StoredQuote['asked'], ctx: Ctx) => {
  if (validUntil !== undefined && validUntil < ctx.now.slice(0, validUntil.length))
    throw invalid([{ path: 'validUntil', message: 'is in the past' }]);
  const { id } = await needCustomer(ctx.store, customerId);
  const asked = { ...fields, validUntil, text, customerId: id };
  const made = { id: newId('quote', ctx.now), asked, customerId: id };
  return { ...made, price: await priceOf(fields, { customerId: id }, ctx) };
};

const namesOf = async (store: Store, { lines }: Quote): Promise<Map<string, string>> => {
  const found = await productsOf(store, [...new Set(lines.map(({ sku }) => sku))]);
  return new Map([...found].map(([sku, { name }]) => [sku, name]));
};

export const quoteHandlers = handlers(quoteRoutes, {
  createQuote: async ({ body }, ctx) => {
    const quote = newQuote(ctx.now, await price(body, ctx));
    return ctx.store.commit([insert(quotes, quote), eventOf(quoteCreated, quote, totalOf(quote))], quote);
  },
  findQuotes: ({ query: { customerId, state, ...paging } }, { store }) =>
    store.list(quotes, customerId ? 'customer' : 'all', customerId ?? 'all', { ...paging, keep: having({ state }) }),
  readQuote: readById(quotes),
  sendQuote: changeById(quotes, (before, _, { now }) => {
    const after = moved(now, before, 'sent');
    return { after, changes: [update(quotes, before, after), eventOf(quoteSent, after, totalOf(after))] };
  }),
  acceptQuote: changeById(quotes, async (before, { name }, { now, store }) => {
    refuseExpired(now, before);
    const orderId = newId('order', now);
    const after = moved(now, before, 'accepted', { acceptedBy: name, acceptedAt: now, orderId });
    const { after: order, events } = orderOf(now, after, orderId, await namesOf(store, after));
    const accepted = eventOf(quoteAccepted, after, { ...totalOf(after), orderId });
    return { after, changes: [update(quotes, before, after), insert(orders, order), accepted, ...events] };
  }),
  declineQuote: changeById(quotes, (before, { reason }, { now }) => {
    const after = moved(now, before, 'declined', { reason });
    const declined = eventOf(quoteDeclined, after, { ...totalOf(after), reason: reason ?? null });
    return { after, changes: [update(quotes, before, after), declined] };
  }),
  reviseQuote: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const before = await store.need(quotes, { id });
    const { customerId, asked } = before;
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const quote = newQuote(now, await price({ ...asked, ...given, customerId }, ctx), before);
    const after = moved(now, before, 'revised', { revisedBy: quote.id });
    const changes = [update(quotes, before, after), insert(quotes, quote)];
    return store.commit([...changes, eventOf(quoteCreated, quote, totalOf(quote))], quote);
  },
  readQuoteDocument: async ({ params: { id = '' } }, { store }) => {
    const quote = await store.need(quotes, { id });
    const [names, customer] = await Promise.all([namesOf(store, quote), customerById(store, quote.customerId)]);
    const { name, givenName, familyName } = customer ?? {};
    return quoteDocument(quote, names, name ?? [givenName, familyName].filter(Boolean).join(' '));
  },
});
