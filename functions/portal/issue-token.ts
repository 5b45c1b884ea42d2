import { customerSignedIn } from '../../events/portal.ts';
import { living } from '../customers/living.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { customerToken } from '../shared/http/customer-token.ts';
import { say } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';

export const issueToken: UseCase<typeof routes.issueToken> = async (
  { params: { id = '' }, body: { minutes } },
  ctx,
) => {
  const customer = await living(ctx.store, id);
  const issued = await customerToken(ctx, customer.id, minutes);
  const data = { by: 'company' as const, until: issued.expiresAt };
  return ctx.store.commit([say(customerSignedIn, { customerId: customer.id, about: id, data })], issued);
};
