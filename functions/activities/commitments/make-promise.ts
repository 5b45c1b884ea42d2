import { newId } from '../../../events/ids.ts';
import { commitmentConflicting, commitmentMade } from '../../../events/promise.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { created, emit, insert } from '../../shared/store/changes.ts';
import { contradict, type PromiseMade, promises, stands, told } from './promise.ts';
import type { promiseRoutes } from './promise-routes.ts';

/** so many standing promises that say otherwise are told */
const mostConflicts = 20;

/** It was said, so it is kept on record; whoever said it is told of what others said before. */
export const makePromise: Handler<typeof promiseRoutes.makePromise> = async (
  { params: { id = '' }, body },
  { now, actor, store },
) => {
  const today = now.slice(0, 10);
  if (body.validUntil && body.validUntil < today) {
    throw invalid([{ path: 'validUntil', message: 'has passed' }]);
  }
  const { id: customerId } = await activeCustomer(store, id);
  const promise: PromiseMade = created(now, {
    ...body,
    id: newId('promise', now),
    customerId,
    status: 'standing' as const,
    by: actor,
  });
  const { items: conflicts } = await store.belonging(promises, customerId, {
    limit: mostConflicts,
    keep: other => stands(other, today) && contradict(other, promise),
  });
  const said = { customerId, about: promise.id, data: told(promise) };
  const others = conflicts.map(({ id: other, department }) => ({ id: other, department }));
  const warned = conflicts.length
    ? [emit(commitmentConflicting, { ...said, data: { ...said.data, conflicts: others } })]
    : [];
  return store.commit([insert(promises, promise), emit(commitmentMade, said), ...warned], { ...promise, conflicts });
};
