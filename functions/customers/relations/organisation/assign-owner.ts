import { ownerAssigned } from '../../../../events/staff.ts';
import { next, say, update } from '../../../shared/changes.ts';
import type { UseCase } from '../../../shared/contract.ts';
import { invalid } from '../../../shared/refusal.ts';
import { customers } from '../../customer.ts';
import { living } from '../../living.ts';
import { hiddenFrom, shown } from '../../shown.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { staff } from './staff.ts';

export const assignOwner: UseCase<typeof organisationRoutes.assignOwner> = async (
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
