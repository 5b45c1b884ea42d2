import type { Handler } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { staff } from './staff.ts';

export const listStaff: Handler<typeof organisationRoutes.listStaff> = async (
  { query: { team, ...paging } },
  { store },
) => {
  if (team) return store.list(staff, 'team', team, { ...paging, upwards: true });
  const { items, nextCursor } = await store.range(['staff', 'all'], { ...paging, upwards: true });
  return { items: items.map(item => revive(staff, item)), nextCursor };
};
