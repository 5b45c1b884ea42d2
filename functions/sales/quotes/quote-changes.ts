import type * as z from 'zod';
import type { Id } from '../../../events/ids.ts';
import type { Money } from '../../../events/money.ts';
import type { OrderLine } from '../../../events/order.ts';
import type { PriceReply } from '../../commerce/price/price-routes.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import { created, updated } from '../../shared/store/changes.ts';
import { quoteExpired, quoteNotOpen } from '../errors.ts';
import { newOrder } from '../orders/order-changes.ts';
import type { Quote, QuoteFields, StoredQuote } from './quote.ts';

type Asked = z.output<typeof QuoteFields>;

/** what an order cannot have, though it has a price */
const faultsOf = ({ lines, payments }: PriceReply, { codes }: Asked): FieldError[] => [
  ...lines.flatMap(({ quantity }, nth) =>
    Number.isInteger(Number(quantity)) && Number(quantity) > 0
      ? []
      : [{ path: `lines.${nth}.quantity`, message: 'must be a whole number above zero: a quote becomes an order' }],
  ),
  ...payments.map(({ code }) => ({
    path: `codes.${codes.indexOf(code)}`,
    message: 'is of a gift card: it pays an order, not a quote',
  })),
];

type Made = { id: Quote['id']; asked: Asked; customerId: Quote['customerId']; price: PriceReply };

export const newQuote = (now: string, { id, asked, customerId, price }: Made, revises?: StoredQuote): StoredQuote => {
  const faults = faultsOf(price, asked);
  if (faults.length) throw invalid(faults);
  const { at: pricedAt, payments: _, due: __, ...shown } = price;
  const { validUntil, text } = asked;
  const revision = (revises?.revision ?? 0) + 1;
  return created(now, {
    ...{ ...shown, id, customerId, pricedAt, revision, validUntil, text, revises: revises?.id },
    ...{ state: 'draft' as const, asked: { ...asked, customerId } },
  });
};

type State = Quote['state'];

/** from which states a quote comes to another */
const ways: Partial<Record<State, State[]>> = {
  sent: ['draft'],
  accepted: ['sent'],
  declined: ['sent'],
  revised: ['draft', 'sent', 'declined'],
};

export const moved = (now: string, before: StoredQuote, state: State, more: Partial<StoredQuote> = {}): StoredQuote => {
  const from = ways[state] ?? [];
  if (!from.includes(before.state))
    throw quoteNotOpen(`The quote is ${before.state}; only one that is ${from.join(' or ')} can become ${state}.`);
  return updated(now, before, { ...more, state });
};

export const refuseExpired = (now: string, { validUntil }: Quote) => {
  if (validUntil !== undefined && validUntil < now.slice(0, validUntil.length)) throw quoteExpired();
};

type Line = z.output<typeof OrderLine>;

const linesOf = ({ lines, currency }: Quote, names: ReadonlyMap<string, string>): Line[] => {
  const line = (sku: string, quantity: number, amount: number): Line => ({
    ...{ sku, name: names.get(sku) ?? sku, quantity },
    price: { amount, currency },
  });
  return lines.flatMap(({ sku, quantity, unit, free }) => [
    line(sku, Number(quantity), unit),
    ...(free ? [line(sku, free, 0)] : []),
  ]);
};

/** the order that a quote makes: its number is the id of the quote, so that it is made once */
export const orderOf = (now: string, quote: Quote, id: Id<'order'>, names: ReadonlyMap<string, string>) => {
  const money = (amount: number): Money => ({ amount, currency: quote.currency });
  const added = quote.lines.reduce((sum, { tax, taxIncluded }) => sum + (taxIncluded ? 0 : tax), 0);
  return newOrder(now, {
    ...{ id, customerId: quote.customerId, number: quote.id, status: 'placed' },
    lines: linesOf(quote, names),
    total: money(quote.gross),
    tax: added ? money(added) : undefined,
  });
};
