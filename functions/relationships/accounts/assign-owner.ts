import { ownerAssigned } from '../../../events/staff.ts';
import { customers } from '../../customers/customer.ts';
import { living } from '../../customers/living.ts';
import { hiddenFrom, shown } from '../../customers/shown.ts';
import { staff } from '../../organisation/staff.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { next, say, update } from '../../shared/store/changes.ts';
import type { accountRoutes } from './account-routes.ts';

export const assignOwner: UseCase<typeof accountRoutes.assignOwner> = async (
  { params: { id = '' }, body: { userId } },
  ctx,
) => {
  const { now, store } = ctx;
  const [before, owner, hidden] = await Promise.all([
    living(store, id),
    userId === null ? undefined : store.get(staff, { id: userId }),
    hiddenFrom(ctx),
  ]);
  if (userId !== null && !owner) throw invalid([{ path: 'userId', message: `is nobody of the staff: ${userId}` }]);
  const from = before.ownerId ?? null;
  if (from === userId) return shown(before, hidden);
  const after = next(now, before, { ownerId: userId ?? undefined });
  const said = say(ownerAssigned, { customerId: before.id, about: before.id, data: { userId, from } });
  return store.commit([update(customers, before, after), said], shown(after, hidden));
};
