import type { FieldError } from '../../shared/http/api-error.ts';
import { isSameJson } from '../../shared/json.ts';
import type { Store } from '../../shared/store/store.ts';
import { isInForceTogether } from '../period.ts';
import { pageKeys, readPages } from './pages.ts';
import type { PriceBook, StoredPriceBook } from './price-book.ts';

type Book = Pick<PriceBook, 'id' | 'currency' | 'rank' | 'match' | 'from' | 'to' | 'prices'>;

/** whether there are customers for whom both books hold at some time; of two conditions that differ nobody can say */
const isRival = (a: Book, b: StoredPriceBook) =>
  a.id !== b.id &&
  a.currency === b.currency &&
  a.rank === b.rank &&
  (!a.match || !b.match || isSameJson(a.match, b.match)) &&
  isInForceTogether(a, b);

/** the prices of a book that another one of the same rank has as well: nobody could say which counts */
export const rivalPrices = async (store: Store, book: Book, others: StoredPriceBook[]): Promise<FieldError[]> => {
  const rivals = others.filter(other => isRival(book, other));
  const pages = await readPages(store, rivals.flatMap(pageKeys));
  const holders = new Map(pages.flatMap(({ bookId, prices }) => prices.map(({ sku }) => [sku, bookId])));
  return book.prices.flatMap(({ sku }, nth) =>
    holders.has(sku)
      ? [
          {
            path: `prices.${nth}.sku`,
            message: `${sku} is also in the price book ${holders.get(sku)} of the same rank and time: give one another rank`,
          },
        ]
      : [],
  );
};
