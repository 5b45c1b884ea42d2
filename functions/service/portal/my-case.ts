import { needCustomer } from '../../customers/reads.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Case, cases } from '../cases/case.ts';

/** A case of the customer that calls. Somebody else's is not there, like one that never was. */
export const myCase = async ({ store, me }: Ctx, id: string): Promise<Case> => {
  const [{ id: customerId }, found] = await Promise.all([needCustomer(store, me), store.get(cases, { id })]);
  if (found?.customerId !== customerId)
    throw new ApiError('missing', 'case.not-found', 'there is no such case of yours');
  return found;
};
