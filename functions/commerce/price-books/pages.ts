import { createHash } from 'node:crypto';
import type { Store } from '../../shared/store/store.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { canonicalJson } from '../../shared/text/canonical-json.ts';
import { type PricePage, pricePages, type StoredPriceBook } from './price-book.ts';
import type { Price } from './price-model.ts';

/** in characters: what is read for one sku */
const mostOnPage = 30_000;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** prices in pages of their order by sku */
export const paged = (prices: Price[]): Price[][] => {
  const pages: Price[][] = [];
  let size = mostOnPage;
  for (const price of prices.toSorted((a, b) => byText(a.sku, b.sku))) {
    const length = JSON.stringify(price).length;
    if (size + length > mostOnPage) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)?.push(price);
    size += length;
  }
  return pages;
};

export const digestOf = (prices: Price[]) =>
  createHash('sha256')
    .update(canonicalJson(paged(prices)))
    .digest('base64url');

type Book = Pick<StoredPriceBook, 'id' | 'version' | 'pages'>;
type PageKey = Pick<PricePage, 'bookId' | 'version' | 'nth'>;

export const pageKeys = ({ id: bookId, version, pages }: Book): PageKey[] =>
  pages.map((_, nth) => ({ bookId, version, nth }));

/** the page that has a sku, if the book has it */
const pageWith = (book: Book, sku: string): PageKey | undefined => {
  const nth = book.pages.findLastIndex(first => first <= sku);
  return pageKeys(book)[nth];
};

/** the pages of these keys, in their order; throws where a book is being replaced: it has to be read again */
export const readPages = async (store: Store, keys: PageKey[]): Promise<PricePage[]> => {
  const wanted = new Set(keys.map(({ bookId, version, nth }) => `${bookId} ${version} ${nth}`));
  const found = await store.getAll(pricePages, keys);
  if (found.length < wanted.size) throw new VersionConflict('a price book was replaced');
  return found.toSorted((a, b) => byText(a.bookId, b.bookId) || a.nth - b.nth);
};

/** the prices of some skus in some books, by book and sku */
export const pricesFor = async (store: Store, books: Book[], skus: string[]) => {
  const keys = books.flatMap(book => skus.flatMap(sku => pageWith(book, sku) ?? []));
  const wanted = new Set(skus);
  const found = new Map(books.map(({ id }) => [id as string, new Map<string, Price>()]));
  for (const { bookId, prices } of await readPages(store, keys))
    for (const price of prices) if (wanted.has(price.sku)) found.get(bookId)?.set(price.sku, price);
  return found;
};
