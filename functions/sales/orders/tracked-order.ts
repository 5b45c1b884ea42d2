import { decimalsOf, type Money } from '../../../events/money.ts';
import type { Fault, Given } from '../../shared/imports/importable.ts';
import { isObject, type Json } from '../../shared/json.ts';

const number = (value: unknown) => {
  const given = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
};

const text = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '');

/** trackers send amounts in the major unit */
const moneyIn =
  (currency: string) =>
  (value: unknown): Money | undefined => {
    const amount = number(value);
    return amount === undefined ? undefined : { amount: Math.round(amount * 10 ** decimalsOf(currency)), currency };
  };

const present = (given: Json): Given =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

const lineOf = (money: ReturnType<typeof moneyIn>) => (product: Json) => {
  const sku = text(product.sku) || text(product.product_id) || text(product.id) || text(product.name);
  return { sku, name: text(product.name) || sku, quantity: number(product.quantity) ?? 1, price: money(product.price) };
};

type Call = { event: string; properties: Json; customerId: string; occurredAt: string };

const cancelling = (event: string, total: Money | undefined, orderTotal: Money | undefined) =>
  event === 'Order Cancelled' ||
  (event === 'Order Refunded' && (!total || !orderTotal || total.amount >= orderTotal.amount));

export const orderNumberOf = ({ properties }: Pick<Call, 'properties'>) =>
  text(properties.order_id ?? properties.orderId);

/** An order as a row of a file has it; `before`: the total of the one that is recorded. A refund of a part says nothing of it. */
export const rowOfCall = (call: Call, before: Money | undefined): { given?: Given; faults: Fault[] } => {
  const { event, properties, customerId, occurredAt } = call;
  const currency = text(properties.currency).toUpperCase() || before?.currency;
  if (!currency) return { faults: [{ path: 'currency', message: 'is missing: give the ISO 4217 code' }] };
  const money = moneyIn(currency);
  const total = money(properties.total ?? properties.revenue ?? properties.value);
  const own = { number: orderNumberOf(call), customerId };
  if (event !== 'Order Completed') {
    const isOver = before && cancelling(event, total, before);
    return isOver ? { given: { ...own, status: 'cancelled' }, faults: [] } : { faults: [] };
  }
  if (before) return { given: { ...own, status: 'completed' }, faults: [] };
  const products = Array.isArray(properties.products) ? properties.products.filter(isObject) : [];
  const all = products.map(lineOf(money));
  const whole = { sku: own.number, name: `Order ${own.number}`, quantity: 1, price: total };
  const [first, ...others] = all.length ? all : [whole];
  const only =
    !others.length && first?.quantity === 1 && first.price === undefined ? { ...first, price: total } : first;
  const given = present({
    ...own,
    status: 'completed',
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
