import { activeCustomer } from '../../customers/active-customer.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { type PromiseMade, promises, sameSubject, stands } from './promise.ts';
import type { promiseRoutes } from './promise-routes.ts';

export const promisesOfCustomer: Handler<typeof promiseRoutes.promisesOfCustomer> = async (
  { params: { id = '' }, query: { status, subject, ...paging } },
  { now, store },
) => {
  const { id: customerId } = await activeCustomer(store, id);
  const today = now.slice(0, 10);
  const keep = (promise: PromiseMade) =>
    (!subject || sameSubject(promise, { subject })) &&
    (!status || (status === 'standing' ? stands(promise, today) : promise.status === status));
  return store.belonging(promises, customerId, { ...paging, keep });
};
