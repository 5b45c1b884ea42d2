import { ownerAssigned } from '../../../events/staff.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { type Change, emit, update, updated } from '../../shared/store/changes.ts';
import type { Told } from './bulk-log.ts';

type By = { now: string; source: string };

/** what gives a customer to somebody to look after; null: to nobody in particular */
export const owning = (
  before: StoredCustomer,
  userId: string | null,
  { now, source }: By,
): { changes: Change[]; told: Told[] } => {
  const { id, ownerId: from = null } = before;
  if (from === userId) return { changes: [], told: [] };
  const after = updated(now, before, { ownerId: userId ?? undefined });
  return {
    changes: [
      update(customers, before, after),
      emit(ownerAssigned, { customerId: id, about: id, data: { userId, from, source } }),
    ],
    told: [{ attribute: 'ownerId', from, to: userId }],
  };
};
