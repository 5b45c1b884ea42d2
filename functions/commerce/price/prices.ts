import { callingCustomer } from '../../customers/active-customer.ts';
import { handlers } from '../../shared/http/contract.ts';
import { priceOf } from './price-of.ts';
import { type PriceReply, priceRoutes } from './price-routes.ts';

/** what a customer is not shown: the least price, and promotions for others */
const withoutFloors = ({ lines, promotions, ...price }: PriceReply): PriceReply => ({
  ...price,
  lines: lines.map(line => ({ ...line, steps: line.steps.filter(({ kind }) => kind !== 'floor') })),
  promotions: promotions.filter(({ applied, code }) => applied || code),
});

export const priceHandlers = handlers(priceRoutes, {
  price: ({ body: { customerId, ...fields } }, ctx) => priceOf(fields, { customerId }, ctx),
  priceForMe: async ({ body }, ctx) =>
    withoutFloors(await priceOf(body, { customerId: (await callingCustomer(ctx)).id, mine: true }, ctx)),
});
