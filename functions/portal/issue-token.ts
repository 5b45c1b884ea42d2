import { customerSignedIn } from '../../events/portal.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { customerToken } from '../shared/http/customer-token.ts';
import { emit } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';

export const issueToken: Handler<typeof routes.issueToken> = async (
  { params: { id = '' }, body: { minutes } },
  ctx,
) => {
  const customer = await activeCustomer(ctx.store, id);
  const issued = await customerToken(ctx, customer.id, minutes);
  const data = { by: 'company' as const, until: issued.expiresAt };
  return ctx.store.commit([emit(customerSignedIn, { customerId: customer.id, about: id, data })], issued);
};
