import { commitmentBroken, commitmentFulfilled, commitmentWithdrawn } from '../../../events/promise.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import { type PromiseMade, promises, told } from './promise.ts';

const events = { kept: commitmentFulfilled, broken: commitmentBroken, withdrawn: commitmentWithdrawn };

type Closing = { status: keyof typeof events; note?: string | undefined };

/** says what became of a promise that stands; one whose days are over may still have been kept or broken */
export const closePromise = async (
  { now, store }: Ctx,
  id: string,
  { status, note }: Closing,
): Promise<PromiseMade> => {
  const before = await store.need(promises, { id });
  if (before.status !== 'standing') {
    throw new ApiError('conflict', 'commitment.closed', `this promise is ${before.status} already`);
  }
  const promise = updated(now, before, { status, closedAt: now, ...(note ? { note } : {}) });
  const { customerId } = promise;
  const said = emit(events[status], { customerId, about: id, data: { ...told(promise), note } });
  return store.commit([update(promises, before, promise), said], promise);
};
