import { decimalsOf } from '../../../events/money.ts';
import { decimalText, divide, type Exact, exact, exactOf, multiply, tenTo } from '../../shared/exact.ts';
import type { StoredPriceBook } from '../price-books/price-book.ts';
import type { Price } from '../price-books/price-model.ts';
import type { Choices } from '../products/options.ts';
import type { Product } from '../products/product.ts';
import type { Charge } from '../taxes/charge.ts';
import type { Tax } from '../taxes/tax.ts';

/** Why a line costs what it does: what each step did, and the amount after it in major units. */
export type Explained = {
  kind: 'price' | 'configuration' | 'promotion' | 'tax' | 'floor';
  text: string;
  amount: string;
};

/** A line on its way through the steps. Amounts are exact, in minor units, with tax or without as its price is stated. */
export type Line = Readonly<{
  path: string;
  sku: string;
  quantity: Exact;
  amount: Exact;
  /** before discounts */
  list: Exact;
  /** ids of the books that price it */
  books: readonly string[];
  taxIncluded: boolean;
  charges: Charge[];
  /** the least net amount of a unit */
  floor: Exact | undefined;
  /** units on top */
  free: bigint;
  discounts: readonly { id: string; code?: string | undefined; amount: bigint }[];
  steps: readonly Explained[];
  /** by a promotion after which no other applies */
  stopped: boolean;
}>;

/** what promotions did and did not do, and why */
export type Note = { promotion: string; code?: string | undefined; applied: boolean; reason: string };

export type Basket = { lines: Line[]; notes: Note[] };

export type Step = (basket: Basket) => Basket;

/** A book in force; `scale`: minor units of the price's currency for one major unit of the book's, where there is a rate. */
export type BookInForce = Pick<StoredPriceBook, 'id' | 'currency' | 'rank' | 'promotions' | 'floor' | 'skus'> & {
  scale: Exact | undefined;
  prices: ReadonlyMap<string, Price>;
};

export type Asked = { path: string; sku: string; quantity: Exact; choices?: Choices | undefined };

/** All that decides a price. */
export type Rules = {
  currency: string;
  day: string;
  country: string | undefined;
  /** by rank */
  books: BookInForce[];
  products: ReadonlyMap<string, Product>;
  /** those of the country in force, in their order */
  taxes: Tax[];
  /** minor units of the price's currency for one major unit of another */
  scaleOf: (currency: string) => Exact | undefined;
  codes: ReadonlySet<string>;
};

/** a decimal of a book, in minor units of the price's currency */
export const minor = (decimal: string | number, scale: Exact) => multiply(exactOf(decimal), scale);

/** minor units as a decimal of the major unit */
export const shown = (amount: Exact, currency: string) => {
  const decimals = decimalsOf(currency);
  return decimalText(divide(amount, exact(tenTo(decimals))), decimals + 4);
};
