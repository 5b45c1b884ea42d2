import { customerErased } from '../../events/erasure.ts';
import type { Id } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import { startJob } from '../shared/jobs/job.ts';
import { type Change, emit } from '../shared/store/changes.ts';
import type { EraseRecord } from '../shared/store/erase.ts';
import type { StoredCustomer } from './customer.ts';

type Erasure = { id: Id<'erasure'>; at: string };

export const tombstone = ({ id, kind, version, createdAt }: StoredCustomer, { id: erasure, at }: Erasure) =>
  ({ id, kind, version: version + 1, createdAt, updatedAt: at, erasedAt: at, erasure }) as StoredCustomer;

export const erasedCustomer: EraseRecord<StoredCustomer> = (customer, { erasure }) => {
  if (customer.erasedAt) return { left: customer };
  const { id } = customer;
  const event = emit(customerErased, { customerId: id, about: id, data: { erasureId: erasure.id } });
  return { left: tombstone(customer, erasure), changes: [event] };
};

/** the job that erases all data of a customer: first, and again when late data arrived */
export const startErasure = (erasureId: string, { now, actor }: Pick<Ctx, 'now' | 'actor'>): Change[] =>
  startJob(now, { kind: 'erase', by: actor, input: { erasureId } }).changes;
