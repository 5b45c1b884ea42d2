import { customerSignedIn } from '../../events/portal.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { customers } from '../customers/customer.ts';
import { signInId } from '../customers/identity.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { customerToken } from '../shared/http/customer-token.ts';
import { emit, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { guessed, isRight, limits, signIns } from './sign-in.ts';

const wrong = () =>
  new ApiError('unauthenticated', 'sign-in.invalid-code', 'this code is wrong, used up or too old; ask for another');

/** A code is used up by the right guess, or by five wrong ones: every guess is counted before it is answered. */
export const exchangeCode: Handler<typeof routes.exchangeCode> = async ({ body }, nobody) => {
  const { tenant, email, code } = body;
  const { now, store } = nobody.as(tenant, 'customer:unknown');
  const before = await store.get(signIns, { id: signInId(email) });
  if (!before?.code) throw wrong();
  const right = isRight(before, code, now);
  const counted = update(signIns, before, guessed(before, right));
  const holder = right ? await store.holder(customers, 'email', email) : undefined;
  const customer = holder && (await resolveMerged(store, holder));
  if (!customer) {
    await store.commit([counted]);
    throw wrong();
  }
  const { id } = customer;
  const me = nobody.as(tenant, `customer:${id}`);
  const issued = await customerToken(me, id, limits.tokenMinutes);
  const data = { by: 'code' as const, until: issued.expiresAt };
  return me.store.commit([counted, emit(customerSignedIn, { customerId: id, about: id, data })], issued);
};
