import { staffRemoved } from '../../events/staff.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { emit, remove } from '../shared/store/changes.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { staff, told } from './staff.ts';

export const removeStaff: Handler<typeof organisationRoutes.removeStaff> = async (
  { params: { userId: id = '' } },
  { store },
) => {
  const [one, reports] = await Promise.all([
    store.need(staff, { id }),
    store.list(staff, 'reportsTo', id, { limit: 1 }),
  ]);
  if (reports.items.length) {
    throw new ApiError('conflict', 'staff.has-reports', 'others report to them yet: say to whom they do from now on');
  }
  return store.commit([remove(staff, one), emit(staffRemoved, { about: id, data: told(one) })], new Reply(200, one));
};
