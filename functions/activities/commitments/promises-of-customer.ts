import { living } from '../../customers/living.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { type PromiseMade, promises, sameSubject, stands } from './promise.ts';
import type { promiseRoutes } from './promise-routes.ts';

export const promisesOfCustomer: UseCase<typeof promiseRoutes.promisesOfCustomer> = async (
  { params: { id = '' }, query: { status, subject, ...paging } },
  { now, store },
) => {
  const { id: customerId } = await living(store, id);
  const today = now.slice(0, 10);
  const keep = (promise: PromiseMade) =>
    (!subject || sameSubject(promise, { subject })) &&
    (!status || (status === 'standing' ? stands(promise, today) : promise.status === status));
  return store.belonging(promises, customerId, { ...paging, keep });
};
