import { customerWithConsents } from '../customer-facts/reads.ts';
import { callingCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

export const listMyConsents: Handler<typeof routes.listMyConsents> = async (_, ctx) => {
  const { id } = await callingCustomer(ctx);
  const known = await customerWithConsents(ctx.store, id);
  return { items: known?.consents ?? [], nextCursor: null };
};
