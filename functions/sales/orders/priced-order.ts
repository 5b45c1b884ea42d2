import type { Money } from '../../../events/money.ts';
import type { PriceReply } from '../../commerce/price/price-routes.ts';
import type { Changed } from '../fields.ts';
import type { Order, StoredOrder } from './order.ts';
import { newOrder } from './order-changes.ts';

type Price = Pick<PriceReply, 'lines' | 'currency' | 'gross'>;
type Place = Pick<Order, 'id' | 'customerId' | 'number' | 'quoteId' | 'payments'>;

const linesOf = ({ lines, currency }: Price, names: ReadonlyMap<string, string>): Order['lines'] => {
  const line = (sku: string, quantity: number, unit: number, amount: number) => ({
    ...{ sku, name: names.get(sku) ?? sku, quantity },
    ...{ price: { amount: unit, currency }, amount },
  });
  return lines.flatMap(({ sku, quantity, unit, free, gross }) => [
    line(sku, Number(quantity), unit, gross),
    ...(free ? [line(sku, free, 0, 0)] : []),
  ]);
};

/** the order that a price makes, with what gift cards paid of it */
export const pricedOrder = (
  now: string,
  price: Price,
  names: ReadonlyMap<string, string>,
  { payments = [], ...place }: Place,
): Changed<StoredOrder> => {
  const { currency, gross } = price;
  const money = (amount: number): Money => ({ amount, currency });
  const added = price.lines.reduce((sum, { tax, taxIncluded }) => sum + (taxIncluded ? 0 : tax), 0);
  const paid = payments.reduce((sum, { amount }) => sum + amount, 0);
  return newOrder(now, {
    ...{ ...place, status: 'placed', lines: linesOf(price, names), total: money(gross) },
    tax: added ? money(added) : undefined,
    ...(paid ? { payments, due: money(gross - paid) } : {}),
  });
};
