import { add, decimalText, divide, type Exact, exact, exactOf, multiply, sumOf, zero } from '../../shared/exact.ts';
import type { FieldError } from '../../shared/http/api-error.ts';
import { amountOf } from '../price-books/price-model.ts';
import { choiceFaults } from '../products/faults.ts';
import { type Effect, isChosen, type Option } from '../products/options.ts';
import { standardCategory } from '../products/product.ts';
import { chargesOf } from '../taxes/charge.ts';
import { type Asked, type BookInForce, type Explained, type Line, minor, type Rules, shown } from './line.ts';

type Found = Pick<Line, 'amount' | 'books' | 'taxIncluded' | 'floor' | 'steps'>;
type Fault = { fault: FieldError };

const refused = (path: string, message: string): Fault => ({ fault: { path, message } });

/** the book that prices a sku: by rank, those in the currency of the price before all others */
const bookFor = (
  { path, sku }: Asked,
  { books, currency, day }: Rules,
): { book: BookInForce; scale: Exact } | Fault | undefined => {
  const having = books.filter(({ prices }) => prices.has(sku));
  const own = having.filter(book => book.currency === currency);
  const [book, second] = own.length ? own : having;
  if (!book) return undefined;
  if (second && second.rank === book.rank && second.currency === book.currency)
    return refused(`${path}.sku`, `${sku} is in the price books ${book.id} and ${second.id} of the same rank`);
  if (book.scale) return { book, scale: book.scale };
  return refused('currency', `there is no exchange rate from ${book.currency} to ${currency} for ${day}`);
};

const fromBook = (asked: Asked, rules: Rules): Found | Fault | undefined => {
  const found = bookFor(asked, rules);
  if (!found || 'fault' in found) return found;
  const { book, scale } = found;
  const price = book.prices.get(asked.sku)!;
  const major = amountOf(price, asked.quantity);
  if (!major) return refused(`${asked.path}.quantity`, `is more than the price book ${book.id} has tiers for`);
  const amount = multiply(major, scale);
  const floor = price.floor ?? book.floor;
  const quantity = decimalText(asked.quantity, 12);
  const converted =
    book.currency === rules.currency ? '' : `, converted from ${book.currency} at the rate of ${rules.day}`;
  const text = `${quantity} × ${asked.sku}: ${price.model} price of the price book ${book.id}${converted}`;
  return {
    amount,
    books: [book.id],
    taxIncluded: price.taxIncluded,
    floor: floor === undefined ? undefined : minor(floor, scale),
    steps: [{ kind: 'price', text, amount: shown(amount, rules.currency) }],
  };
};

/** a bundle without a price of its own costs what its parts cost */
const fromParts = (asked: Asked, rules: Rules): Found | Fault | undefined => {
  const { path, sku, quantity } = asked;
  const parts = rules.products.get(sku)?.bundle ?? [];
  const all = parts.map(part =>
    priceOf({ path, sku: part.sku, quantity: multiply(quantity, exactOf(part.quantity)) }, rules),
  );
  const fault = all.find(one => 'fault' in one);
  if (fault) return fault;
  const found = all as Found[];
  const [first] = found;
  if (!first) return undefined;
  if (found.some(({ taxIncluded }) => taxIncluded !== first.taxIncluded))
    return refused(
      `${path}.sku`,
      'is a bundle with prices that include tax and prices that do not: give it its own price',
    );
  const floors = found.flatMap(({ floor }, nth) => (floor ? [multiply(floor, exactOf(parts[nth]!.quantity))] : []));
  return {
    amount: sumOf(found.map(({ amount }) => amount)),
    books: [...new Set(found.flatMap(({ books }) => books))],
    taxIncluded: first.taxIncluded,
    floor: floors.length ? sumOf(floors) : undefined,
    steps: found.flatMap(({ steps }) => steps),
  };
};

const priceOf = (asked: Asked, rules: Rules): Found | Fault => {
  const { path, sku } = asked;
  if (rules.products.get(sku)?.state === 'archived') return refused(`${path}.sku`, `the product ${sku} is archived`);
  const found = fromBook(asked, rules) ?? fromParts(asked, rules);
  return found ?? refused(`${path}.sku`, `no price book in force has a price of ${sku}`);
};

/** what an option adds: an amount in the currency of the price, else of another with a rate, and a part of the list price */
const effectOf = (
  { amounts = {}, percent = 0 }: Effect,
  { amount, quantity }: Pick<Line, 'amount' | 'quantity'>,
  rules: Rules,
) => {
  const { currency, scaleOf } = rules;
  const own = amounts[currency] === undefined ? Object.keys(amounts).find(scaleOf) : currency;
  if (own === undefined && Object.keys(amounts).length) return undefined;
  const each = own === undefined ? zero : minor(amounts[own]!, scaleOf(own)!);
  return add(multiply(each, quantity), divide(multiply(amount, exactOf(percent)), exact(100n)));
};

const withOptions = (asked: Asked, options: Option[], found: Found, rules: Rules): Found | Fault => {
  const { choices = {}, quantity, path } = asked;
  let { amount, steps } = found;
  for (const { id, values } of options) {
    const value = values.find(one => isChosen({ [id]: one.id }, choices));
    if (!value?.price) continue;
    const effect = effectOf(value.price, { amount: found.amount, quantity }, rules);
    if (!effect)
      return refused(`${path}.configuration`, `${id}=${value.id} has no price in ${rules.currency}, nor a rate to it`);
    amount = add(amount, effect);
    steps = [
      ...steps,
      {
        kind: 'configuration',
        text: `${id}: ${value.name ?? value.id}`,
        amount: shown(amount, rules.currency),
      } satisfies Explained,
    ];
  }
  return { ...found, amount, steps };
};

const configurationFault = ({ sku, path, choices }: Asked, rules: Rules): Fault | undefined => {
  const product = rules.products.get(sku);
  const at = `${path}.configuration`;
  if (choices && !product) return refused(at, `there is no product ${sku}`);
  if (!choices || !product) return undefined;
  const [fault] = choiceFaults(product, choices, at);
  const missing = product.options.find(({ id, required }) => required && choices[id] === undefined);
  if (fault) return refused(fault.path, fault.message);
  return missing && refused(at, `has no value of the option ${missing.id}`);
};

/** A line at its list price, with what was configured; or what is wrong with it. */
export const listed = (asked: Asked, rules: Rules): Line | Fault => {
  const fault = configurationFault(asked, rules);
  if (fault) return fault;
  const found = priceOf(asked, rules);
  if ('fault' in found) return found;
  const product = rules.products.get(asked.sku);
  const configured = withOptions(asked, product?.options ?? [], found, rules);
  if ('fault' in configured) return configured;
  const category = product?.taxCategory ?? standardCategory;
  const taxes = rules.taxes.filter(tax => tax.category === category);
  const foreign = taxes.find(({ kind, currency }) => kind === 'fixed' && !rules.scaleOf(currency!));
  if (foreign)
    return refused(
      'currency',
      `there is no exchange rate from ${foreign.currency}, of the tax ${foreign.id}, for ${rules.day}`,
    );
  const charges = chargesOf(taxes, ({ amount = 0, currency = '' }) =>
    multiply(minor(amount, rules.scaleOf(currency)!), asked.quantity),
  );
  const { path, sku, quantity } = asked;
  const list = configured.amount;
  return { path, sku, quantity, ...configured, list, charges, free: 0n, discounts: [], stopped: false };
};
