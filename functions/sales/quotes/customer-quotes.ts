import * as z from 'zod';
import { idOf } from '../../../events/ids.ts';
import { quoteViewed } from '../../../events/quote.ts';
import { namesOf } from '../../commerce/products/read-products.ts';
import { invalidPage, wordsFor } from '../../consent/page.ts';
import { preferenceSettings } from '../../consent/preference-settings.ts';
import { callingCustomer } from '../../customers/active-customer.ts';
import { customerById } from '../../customers/reads.ts';
import { env } from '../../shared/aws/env.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, type Request } from '../../shared/http/contract.ts';
import { notFound } from '../../shared/http/errors.ts';
import { readToken } from '../../shared/http/signed-link.ts';
import { eventOf, update, updated } from '../../shared/store/changes.ts';
import { acceptedQuote, declinedQuote, totalOf } from './accept-quote.ts';
import { answerForms, quotePage, type Shown } from './document.ts';
import { type Quote, quotes, type StoredQuote } from './quote.ts';
import { isExpired } from './quote-changes.ts';
import { customerQuoteRoutes } from './quote-routes.ts';

type Asked = Pick<Request, 'params' | 'headers'>;

/** what a quote is shown with; without a name where its customer was erased */
export const shownQuote = async (quote: Quote, { store }: Ctx, headers: Asked['headers'] = {}): Promise<Shown> => {
  const [names, customer, settings] = await Promise.all([
    namesOf(store, quote.lines),
    customerById(store, quote.customerId),
    preferenceSettings.of(store),
  ]);
  const { name, givenName, familyName, locale } = customer ?? {};
  const called = name ?? [givenName, familyName].filter(Boolean).join(' ');
  return { quote, names, settings, customer: called, words: wordsFor(settings, locale, headers) };
};

const Claims = z.object({ purpose: z.literal('quote'), tenant: z.string(), quoteId: idOf('quote') });

/** the quote of a link, in the store of its tenant; undefined where the link is invalid, or its quote was never sent */
const linkedQuote = async ({ params: { token = '' } }: Asked, anonymous: Ctx) => {
  const claims = await readToken(Claims, token, anonymous);
  const quote = claims && (await anonymous.as(claims.tenant, 'link').store.get(quotes, { id: claims.quoteId }));
  if (!claims || !quote?.sentAt) return undefined;
  return { ctx: anonymous.as(claims.tenant, `customer:${quote.customerId}`), quote };
};

const pageOf = async (quote: StoredQuote, request: Asked, ctx: Ctx, missing = false) => {
  const shown = await shownQuote(quote, ctx, request.headers);
  const { pathname } = new URL(`${env.publicUrl()}/v1/quote/${request.params.token}`);
  const answer = answerForms(shown, { path: pathname, isOver: isExpired(ctx.now, quote), missing });
  return quotePage(shown, { answer, status: missing ? 422 : 200 });
};

const fieldIn = ({ raw }: Pick<Request, 'raw'>, name: string, most: number) =>
  new URLSearchParams(raw?.toString() ?? '')
    .get(name)
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, most) || undefined;

/** a quote that can be answered now: the page of any other says what became of it */
const isOpen = (quote: StoredQuote, now: string) => quote.state === 'sent' && !isExpired(now, quote);

/** one of the quotes that were sent to the customer who calls */
const mine = async (id: string, ctx: Ctx): Promise<StoredQuote> => {
  const [me, quote] = await Promise.all([callingCustomer(ctx), ctx.store.get(quotes, { id })]);
  const owner = quote?.sentAt && (await customerById(ctx.store, quote.customerId));
  if (!quote || !owner || owner.id !== me.id) throw notFound(quotes.kind)();
  return quote;
};

export const customerQuoteHandlers = handlers(customerQuoteRoutes, {
  showQuotePage: async (request, anonymous) => {
    const found = await linkedQuote(request, anonymous);
    if (!found) return invalidPage(request);
    const { ctx, quote } = found;
    if (quote.viewedAt || !isOpen(quote, ctx.now)) return pageOf(quote, request, ctx);
    const after = updated(ctx.now, quote, { viewedAt: ctx.now });
    const viewed = eventOf(quoteViewed, after, totalOf(after));
    return ctx.store.commit([update(quotes, quote, after), viewed], await pageOf(after, request, ctx));
  },
  acceptByForm: async (request, anonymous) => {
    const found = await linkedQuote(request, anonymous);
    if (!found) return invalidPage(request);
    const { ctx, quote } = found;
    const name = fieldIn(request, 'name', 200);
    if (!isOpen(quote, ctx.now) || !name) return pageOf(quote, request, ctx, isOpen(quote, ctx.now));
    const { after, changes } = await acceptedQuote(quote, name, ctx);
    return ctx.store.commit(changes, await pageOf(after, request, ctx));
  },
  declineByForm: async (request, anonymous) => {
    const found = await linkedQuote(request, anonymous);
    if (!found) return invalidPage(request);
    const { ctx, quote } = found;
    if (!isOpen(quote, ctx.now)) return pageOf(quote, request, ctx);
    const { after, changes } = declinedQuote(quote, fieldIn(request, 'reason', 500), ctx.now);
    return ctx.store.commit(changes, await pageOf(after, request, ctx));
  },
  listMyQuotes: async ({ query: { state, ...paging } }, ctx) => {
    const { id } = await callingCustomer(ctx);
    const keep = (quote: Quote) => quote.sentAt !== undefined && (!state || quote.state === state);
    return ctx.store.list(quotes, 'customer', id, { ...paging, keep });
  },
  readMyQuote: async ({ params: { id = '' } }, ctx) => mine(id, ctx),
  acceptMyQuote: async ({ params: { id = '' }, body: { name } }, ctx) => {
    const { after, changes } = await acceptedQuote(await mine(id, ctx), name, ctx);
    return ctx.store.commit(changes, after);
  },
  declineMyQuote: async ({ params: { id = '' }, body: { reason } }, ctx) => {
    const { after, changes } = declinedQuote(await mine(id, ctx), reason, ctx.now);
    return ctx.store.commit(changes, after);
  },
});
