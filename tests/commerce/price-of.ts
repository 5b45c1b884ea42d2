import { decimalsOf } from '../../events/money.ts';
import { type Asked, type BookInForce, minor, type Rules } from '../../functions/commerce/price/line.ts';
import { priced } from '../../functions/commerce/price/priced.ts';
import { PriceBookFields } from '../../functions/commerce/price-books/price-book.ts';
import { Price } from '../../functions/commerce/price-books/price-model.ts';
import { type Product, ProductFields } from '../../functions/commerce/products/product.ts';
import { type Tax, TaxFields } from '../../functions/commerce/taxes/tax.ts';
import { exact, exactOf, tenTo } from '../../functions/shared/exact.ts';

type Loose = Record<string, unknown>;

export type Given = {
  currency?: string;
  lines: { sku: string; quantity?: number | string; choices?: Record<string, string> }[];
  books: Loose[];
  taxes?: Loose[];
  products?: Loose[];
  codes?: string[];
};

const stamps = { version: 1, createdAt: '', updatedAt: '' };

const bookOf = (given: Loose, nth: number, currency: string): BookInForce => {
  const { prices, ...book } = PriceBookFields.parse({ currency, rank: nth, prices: [], ...given });
  const scale = book.currency === currency ? exact(tenTo(decimalsOf(currency))) : undefined;
  return {
    ...{ ...book, id: `book-${nth}`, scale, skus: prices.length },
    prices: new Map(prices.map(price => [price.sku, Price.parse(price)])),
  };
};

/** the price of lines by rules, without a store: everything given is in force, and all taxes are of the country */
export const priceOf = ({ currency = 'EUR', lines, books, taxes = [], products = [], codes = [] }: Given) => {
  const all = products.map(one => ({ ...ProductFields.parse(one), id: 'prd_', state: 'active', ...stamps }) as Product);
  const unit = exact(tenTo(decimalsOf(currency)));
  const rules: Rules = {
    ...{ currency, day: '2026-12-01', country: 'DE', codes: new Set(codes) },
    books: books.map((book, nth) => bookOf(book, nth, currency)),
    products: new Map(all.map(one => [one.sku, one])),
    taxes: taxes.map(
      (one, nth): Tax => ({ ...TaxFields.parse({ country: 'DE', ...one }), id: `tax-${nth}`, ...stamps }),
    ),
    scaleOf: other => (other === currency ? unit : undefined),
  };
  const asked = lines.map(
    ({ sku, quantity = 1, choices }, nth): Asked => ({
      path: `lines.${nth}`,
      sku,
      quantity: exactOf(quantity),
      choices,
    }),
  );
  return priced(asked, rules);
};

/** of a decimal in a currency of two decimals */
export const cents = (decimal: string | number) => minor(decimal, exact(100n)).n;
