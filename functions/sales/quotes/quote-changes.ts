import type * as z from 'zod';
import type { PriceReply } from '../../commerce/price/price-routes.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import { created, updated } from '../../shared/store/changes.ts';
import { quoteExpired, quoteNotOpen } from '../errors.ts';
import type { Quote, QuoteFields, StoredQuote } from './quote.ts';

type Asked = z.output<typeof QuoteFields>;

/** what an order cannot have, though it has a price */
const faultsOf = ({ lines }: PriceReply): FieldError[] =>
  lines.flatMap(({ quantity }, nth) =>
    Number.isInteger(Number(quantity)) && Number(quantity) > 0
      ? []
      : [{ path: `lines.${nth}.quantity`, message: 'must be a whole number above zero: a quote becomes an order' }],
  );

type Made = { id: Quote['id']; asked: Asked; customerId: Quote['customerId']; price: PriceReply };

export const newQuote = (now: string, { id, asked, customerId, price }: Made, revises?: StoredQuote): StoredQuote => {
  const faults = faultsOf(price);
  if (faults.length) throw invalid(faults);
  const { at: pricedAt, ...shown } = price;
  const { validUntil, text } = asked;
  const revision = (revises?.revision ?? 0) + 1;
  return created(now, {
    ...{
      ...shown,
      id,
      customerId,
      pricedAt,
      revision,
      validUntil,
      text,
      revises: revises?.id,
      number: revises?.number,
    },
    ...{ state: 'draft' as const, asked: { ...asked, customerId } },
  });
};

type State = Quote['state'];

/** from which states a quote comes to another */
const ways: Partial<Record<State, State[]>> = {
  sent: ['draft'],
  accepted: ['sent'],
  declined: ['sent'],
  revised: ['draft', 'sent', 'declined', 'expired'],
  expired: ['sent'],
};

export const moved = (now: string, before: StoredQuote, state: State, more: Partial<StoredQuote> = {}): StoredQuote => {
  const from = ways[state] ?? [];
  if (!from.includes(before.state))
    throw quoteNotOpen(`The quote is ${before.state}; only one that is ${from.join(' or ')} can become ${state}.`);
  return updated(now, before, { ...more, state });
};

export const isExpired = (now: string, { validUntil, state }: Quote) =>
  state === 'expired' || (validUntil !== undefined && validUntil < now.slice(0, validUntil.length));

export const refuseExpired = (now: string, quote: Quote) => {
  if (isExpired(now, quote)) throw quoteExpired();
};
