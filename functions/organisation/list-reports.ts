import type { Handler } from '../shared/http/contract.ts';
import { chainAbove } from './chain.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { staff } from './staff.ts';

/** whom somebody reports to, up to the top, and who reports to them */
export const listReports: Handler<typeof organisationRoutes.listReports> = async (
  { params: { userId: id = '' }, query },
  { store },
) => {
  const { reportsTo } = await store.need(staff, { id });
  const [line, { items, nextCursor }] = await Promise.all([
    chainAbove(
      reportsTo,
      at => store.get(staff, { id: at }),
      one => one.reportsTo,
    ),
    store.list(staff, 'reportsTo', id, { ...query, upwards: true }),
  ]);
  return { line, items, nextCursor };
};
