import { decimalsOf, type Money } from '../../../events/money.ts';
import type { Fault, Given } from '../../shared/imports/importable.ts';
import { isObject, type Json } from '../../shared/json.ts';

export const number = (value: unknown) => {
  const given = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
};

export const text = (value: unknown) =>
  typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';

/** trackers send amounts in the major unit */
export const moneyIn =
  (currency: string) =>
  (value: unknown): Money | undefined => {
    const amount = number(value);
    return amount === undefined ? undefined : { amount: Math.round(amount * 10 ** decimalsOf(currency)), currency };
  };

const present = (given: Json): Given =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

export const skuOf = (product: Json) =>
  text(product.sku) || text(product.product_id) || text(product.productId) || text(product.id) || text(product.name);

export const productsOf = ({ products }: Json): Json[] => (Array.isArray(products) ? products.filter(isObject) : []);

const lineOf = (money: ReturnType<typeof moneyIn>) => (product: Json) => {
  const sku = skuOf(product);
  return { sku, name: text(product.name) || sku, quantity: number(product.quantity) ?? 1, price: money(product.price) };
};

type Call = { event: string; properties: Json; customerId: string; occurredAt: string };

export const orderNumberOf = ({ properties }: Pick<Call, 'properties'>) =>
  text(properties.order_id ?? properties.orderId);

const totalIn = ({ total, revenue, value }: Json) => total ?? revenue ?? value;

type Read<T> = { given: T; faults: [] } | { given?: undefined; faults: Fault[] };

const noCurrency = { faults: [{ path: 'currency', message: 'is missing: give the ISO 4217 code' }] };

/** What a call pays back: its total, else the products that it names; undefined: all. `of`: the order's total. */
export const refundOf = ({ properties }: Pick<Call, 'properties'>, of: Money): Read<{ amount: Money | undefined }> => {
  const currency = text(properties.currency).toUpperCase() || of.currency;
  if (currency !== of.currency)
    return { faults: [{ path: 'currency', message: `is not that of the order, which is ${of.currency}` }] };
  const money = moneyIn(currency);
  const total = money(totalIn(properties));
  if (total) return { given: { amount: { ...total, amount: Math.abs(total.amount) } }, faults: [] };
  const lines = productsOf(properties).map(lineOf(money));
  if (!lines.length || lines.some(({ price }) => !price)) return { given: { amount: undefined }, faults: [] };
  const amount = lines.reduce((sum, { price, quantity }) => sum + price!.amount * quantity, 0);
  return { given: { amount: { amount: Math.round(amount), currency } }, faults: [] };
};

/** An order as a row of a file has it; `known`: the currency of the one that is recorded. */
export const rowOfCall = (call: Call, known: string | undefined): Read<Given> => {
  const { event, properties, customerId, occurredAt } = call;
  const currency = text(properties.currency).toUpperCase() || known;
  if (!currency) return noCurrency;
  const money = moneyIn(currency);
  const total = money(totalIn(properties));
  const number = orderNumberOf(call);
  const all = productsOf(properties).map(lineOf(money));
  const whole = { sku: number, name: `Order ${number}`, quantity: 1, price: total };
  const [first, ...others] = all.length ? all : [whole];
  const only =
    !others.length && first?.quantity === 1 && first.price === undefined ? { ...first, price: total } : first;
  const given = present({
    number,
    customerId,
    status: event === 'Order Completed' ? 'completed' : 'placed',
    placedAt: occurredAt,
    currency,
    total,
    shipping: money(properties.shipping),
    tax: money(properties.tax),
    coupon: text(properties.coupon) || undefined,
    lines: [only, ...others],
  });
  return { given, faults: [] };
};
