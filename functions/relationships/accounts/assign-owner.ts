import { ownerAssigned } from '../../../events/staff.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { customers } from '../../customers/customer.ts';
import { hiddenFrom, redact } from '../../customers/redact.ts';
import { staff } from '../../organisation/staff.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import type { accountRoutes } from './account-routes.ts';

export const assignOwner: Handler<typeof accountRoutes.assignOwner> = async (
  { params: { id = '' }, body: { userId } },
  ctx,
) => {
  const { now, store } = ctx;
  const [before, owner, hidden] = await Promise.all([
    activeCustomer(store, id),
    userId === null ? undefined : store.get(staff, { id: userId }),
    hiddenFrom(ctx),
  ]);
  if (userId !== null && !owner) throw invalid([{ path: 'userId', message: `is nobody of the staff: ${userId}` }]);
  const from = before.ownerId ?? null;
  if (from === userId) return redact(before, hidden);
  const after = updated(now, before, { ownerId: userId ?? undefined });
  const said = emit(ownerAssigned, { customerId: before.id, about: before.id, data: { userId, from } });
  return store.commit([update(customers, before, after), said], redact(after, hidden));
};
