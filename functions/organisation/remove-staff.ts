import { staffRemoved } from '../../events/staff.ts';
import { Refusal } from '../shared/http/api-error.ts';
import { Answer, type UseCase } from '../shared/http/contract.ts';
import { remove, say } from '../shared/store/changes.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { staff, told } from './staff.ts';

export const removeStaff: UseCase<typeof organisationRoutes.removeStaff> = async (
  { params: { userId: id = '' } },
  { store },
) => {
  const [one, reports] = await Promise.all([
    store.need(staff, { id }),
    store.list(staff, 'reportsTo', id, { limit: 1 }),
  ]);
  if (reports.items.length) {
    throw new Refusal('conflict', 'staff.has-reports', 'others report to them yet: say to whom they do from now on');
  }
  return store.commit([remove(staff, one), say(staffRemoved, { about: id, data: told(one) })], new Answer(200, one));
};
