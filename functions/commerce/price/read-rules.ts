import { decimalsOf } from '../../../events/money.ts';
import { factsFor } from '../../customer-facts/reads.ts';
import { needCustomer } from '../../customers/reads.ts';
import { evaluate, type Facts } from '../../shared/conditions/condition.ts';
import { type Exact, exact, exactOf, multiply, tenTo } from '../../shared/exact.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import { retryOnConflict } from '../../shared/store/retry-on-conflict.ts';
import type { Store } from '../../shared/store/store.ts';
import { isInForce } from '../period.ts';
import { exchangeRates, rateBetween, ratesOn } from '../price-books/exchange-rates.ts';
import { pricesFor } from '../price-books/pages.ts';
import { priceBooks, type StoredPriceBook } from '../price-books/price-book.ts';
import { configurations } from '../products/configuration.ts';
import type { Choices } from '../products/options.ts';
import type { Product } from '../products/product.ts';
import { productsOf } from '../products/read-products.ts';
import { type Tax, taxes } from '../taxes/tax.ts';
import type { Asked, BookInForce, Rules } from './line.ts';
import type { PriceFields } from './price-routes.ts';

/** `mine`: the customer asks, who may use its own configurations only */
export type Buyer = { customerId?: string | undefined; mine?: boolean };

type Context = { at: string; buyer: Buyer };

const everything = <T>(store: Store, entity: Parameters<typeof everyRecord<T, { id: string }>>[1]): Promise<T[]> =>
  Array.fromAsync(everyRecord(store, entity, [entity.kind, 'all'], { upwards: true }));

/** every product of these skus, with the parts of bundles */
const productsWithParts = async (store: Store, skus: string[]): Promise<Map<string, Product>> => {
  const found = new Map<string, Product>();
  for (let wanted = skus; wanted.length; ) {
    const level = await productsOf(store, wanted);
    for (const [sku, product] of level) found.set(sku, product);
    const parts = [...level.values()].flatMap(({ bundle = [] }) => bundle.map(({ sku }) => sku));
    wanted = [...new Set(parts)].filter(sku => !found.has(sku));
  }
  return found;
};

/** the lines with their configurations, saved ones by their choices */
const readLines = async (lines: PriceFields['lines'], { customerId, mine }: Buyer, store: Store): Promise<Asked[]> => {
  const ids = lines.flatMap(({ configuration }) => (typeof configuration === 'string' ? [configuration] : []));
  const saved = new Map((await store.getByIds(configurations, ids)).map(one => [one.id as string, one]));
  const errors: FieldError[] = [];
  const asked = lines.map(({ sku, quantity, configuration }, nth): Asked => {
    const path = `lines.${nth}`;
    const found = typeof configuration === 'string' ? saved.get(configuration) : undefined;
    const isTheirs = found !== undefined && (!mine || found.customerId === customerId);
    const refuse = (message: string) => errors.push({ path: `${path}.configuration`, message });
    if (typeof configuration === 'string' && !isTheirs) refuse('does not exist');
    else if (found && found.sku !== sku) refuse(`is of the product ${found.sku}`);
    const choices = typeof configuration === 'string' ? found?.choices : (configuration as Choices | undefined);
    return { path, sku, quantity: exactOf(quantity), choices };
  });
  if (errors.length) throw invalid(errors);
  return asked;
};

/** the customer as conditions find it, with where and through what it buys */
const buyerFacts = async (
  { channel, region, country }: PriceFields,
  books: StoredPriceBook[],
  { buyer: { customerId } }: Context,
  ctx: Ctx,
): Promise<{ facts: Facts; country: string | undefined }> => {
  const customer = customerId && (await needCustomer(ctx.store, customerId)).id;
  const found = customer
    ? await factsFor(
        ctx,
        customer,
        books.map(({ match }) => match),
      )
    : undefined;
  const own = found?.attributes;
  const where = { channel, region, country: country ?? own?.address?.country };
  const attributes = { ...own, ...where, ...(own ? { customer: own } : {}) };
  return { facts: { ...found, attributes, now: ctx.now }, country: where.country };
};

const orderOf = (a: { rank: number; id: string }, b: { rank: number; id: string }) =>
  a.rank - b.rank || (a.id < b.id ? -1 : 1);

/** what minor units of the price's currency another is worth, by the rates of the day; they are read where any is needed */
const readScales = async (store: Store, currency: string, day: string, others: string[]) => {
  const isForeign = others.some(other => other !== currency);
  const range = { within: ratesOn(day) };
  const ofDay = isForeign
    ? await Array.fromAsync(everyRecord(store, exchangeRates, [exchangeRates.kind, 'all'], range))
    : [];
  const unit = exact(tenTo(decimalsOf(currency)));
  return (from: string): Exact | undefined => {
    const rate = rateBetween(ofDay, from, currency);
    return rate && multiply(rate, unit);
  };
};

const currenciesOf = (products: Map<string, Product>) =>
  [...products.values()].flatMap(({ options }) =>
    options.flatMap(({ values }) => values.flatMap(({ price }) => Object.keys(price?.amounts ?? {}))),
  );

const readOnce = async (fields: PriceFields, context: Context, ctx: Ctx) => {
  const { at, buyer } = context;
  const { store } = ctx;
  const { currency } = fields;
  const [books, allTaxes, asked, products] = await Promise.all([
    everything(store, priceBooks),
    everything(store, taxes),
    readLines(fields.lines, buyer, store),
    productsWithParts(store, [...new Set(fields.lines.map(({ sku }) => sku))]),
  ]);
  const inTime = books.filter(book => isInForce(book, at));
  const { facts, country } = await buyerFacts(fields, inTime, context, ctx);
  const inForce = inTime.filter(({ match }) => !match || evaluate(match, facts).holds).toSorted(orderOf);
  const charged = allTaxes.filter(tax => tax.country === country && isInForce(tax, at)).toSorted(orderOf);
  const day = at.slice(0, 'YYYY-MM-DD'.length);
  const foreign = [
    ...inForce.map(book => book.currency),
    ...charged.flatMap((tax: Tax) => tax.currency ?? []),
    ...currenciesOf(products),
  ];
  const skus = [...new Set([...asked.map(({ sku }) => sku), ...products.keys()])];
  const [scaleOf, prices] = await Promise.all([
    readScales(store, currency, day, foreign),
    pricesFor(store, inForce, skus),
  ]);
  const found = inForce.map(
    (book): BookInForce => ({
      ...book,
      scale: scaleOf(book.currency),
      prices: prices.get(book.id) ?? new Map(),
    }),
  );
  const rules: Rules = {
    currency,
    day,
    country,
    books: found,
    products,
    taxes: charged,
    scaleOf,
    codes: new Set(fields.codes),
  };
  return { asked, rules };
};

/** Reads all that decides the price of lines; again where a price book is replaced meanwhile. */
export const readRules = (fields: PriceFields, context: Context, ctx: Ctx) =>
  retryOnConflict(() => readOnce(fields, context, ctx));
