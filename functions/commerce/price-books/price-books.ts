import * as z from 'zod';
import { exchangeRatesChanged, priceBookChanged } from '../../../events/price.ts';
import { checkCondition } from '../../customer-facts/check-condition.ts';
import { CustomerFacts } from '../../customer-facts/customer-facts.ts';
import { Key } from '../../shared/fields.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { handlers, Reply } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { type Change, emit, eventOf, insert, remove } from '../../shared/store/changes.ts';
import { decidedUnder, lockOn } from '../../shared/store/lock.ts';
import { everyRecord, listShared, recordPage } from '../../shared/store/record-page.ts';
import { decidePut, putRecord } from '../../shared/store/records.ts';
import { retryOnConflict } from '../../shared/store/retry-on-conflict.ts';
import type { Store } from '../../shared/store/store.ts';
import { rivalPrices } from './check-book.ts';
import { exchangeRates, ratesOn } from './exchange-rates.ts';
import { digestOf, paged, pageKeys, readPages } from './pages.ts';
import { type PriceBook, type PricePage, priceBooks, pricePages, type StoredPriceBook } from './price-book.ts';
import { exchangeRateRoutes, priceBookRoutes } from './price-book-routes.ts';

/** what the condition of a book finds */
const BuyerFacts = CustomerFacts.extend({
  channel: z.string(),
  country: z.string(),
  region: z.string(),
  customer: CustomerFacts,
});

const mostBooks = 300;

/** every price book without its prices, read consistently */
export const allBooks = (store: Store): Promise<StoredPriceBook[]> =>
  Array.fromAsync(everyRecord(store, priceBooks, [priceBooks.kind, 'all'], { upwards: true }));

const shownBook = (book: StoredPriceBook, pages: Pick<PricePage, 'prices'>[]): PriceBook => {
  const { pages: _, digest: __, skus: ___, ...header } = book;
  return { ...header, prices: pages.flatMap(({ prices }) => prices) };
};

const readBook = (store: Store, id: string) =>
  retryOnConflict(async () => {
    const book = await store.need(priceBooks, { id });
    return { book, found: await readPages(store, pageKeys(book)) };
  });

const changedEvent = (book: StoredPriceBook, removed = false) => eventOf(priceBookChanged, book, { removed });

export const priceBookHandlers = handlers(priceBookRoutes, {
  putPriceBook: async ({ params, body }, ctx) => {
    const { now, store } = ctx;
    const { id } = parse(z.object({ id: Key }), params);
    await checkCondition(body.match, 'match', ctx, BuyerFacts);
    const { prices, ...header } = body;
    const pages = paged(prices);
    const given = {
      ...{ ...header, id, digest: digestOf(prices), skus: prices.length },
      pages: pages.flatMap(([first]) => first?.sku ?? []),
    };
    return retryOnConflict(async () => {
      const lock = await lockOn(store, 'price-books');
      const others = (await allBooks(store)).filter(other => other.id !== id);
      if (others.length >= mostBooks)
        throw invalid([{ path: 'id', message: `there are ${mostBooks} price books, the most there can be` }]);
      const errors = await rivalPrices(store, { ...body, id }, others);
      if (errors.length) throw invalid(errors);
      const before = await store.get(priceBooks, { id });
      const old = before ? await readPages(store, pageKeys(before)) : [];
      const written = ({ version }: StoredPriceBook): Change[] =>
        pages.map((page, nth) => insert(pricePages, { bookId: id, version, nth, prices: page }));
      const { after, changes, isNew } = await decidePut(priceBooks, { id }, given, {
        now,
        store,
        changes: book => [...old.map(page => remove(pricePages, page)), ...written(book), changedEvent(book)],
      });
      const shown = shownBook(
        after,
        pages.map(page => ({ prices: page })),
      );
      const all = changes.length ? [...changes, decidedUnder(lock, [])] : [];
      return store.commit(all, isNew ? new Reply(201, shown) : shown);
    });
  },
  listPriceBooks: listShared(priceBooks),
  readPriceBook: async ({ params: { id = '' } }, { store }) => {
    const { book, found } = await readBook(store, id);
    return shownBook(book, found);
  },
  removePriceBook: ({ params: { id = '' } }, { store }) =>
    retryOnConflict(async () => {
      const { book, found } = await readBook(store, id);
      const changes = [remove(priceBooks, book), ...found.map(page => remove(pricePages, page))];
      return store.commit([...changes, changedEvent(book, true)], shownBook(book, found));
    }),
});

export const exchangeRateHandlers = handlers(exchangeRateRoutes, {
  putExchangeRates: ({ body }, { now, store }) =>
    putRecord(exchangeRates, body, body, {
      now,
      store,
      changes: ({ date, base, rates }) => {
        const texts = Object.fromEntries(Object.entries(rates).map(([currency, rate]) => [currency, String(rate)]));
        return [emit(exchangeRatesChanged, { about: `${date} ${base}`, data: { date, base, rates: texts } })];
      },
    }),
  listExchangeRates: ({ query: { date, ...paging } }, { store }) =>
    recordPage(store, exchangeRates, [exchangeRates.kind, 'all'], {
      ...paging,
      ...(date === undefined ? {} : { within: ratesOn(date) }),
    }),
});
