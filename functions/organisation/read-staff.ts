import type { UseCase } from '../shared/http/contract.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { staff } from './staff.ts';

export const readStaff: UseCase<typeof organisationRoutes.readStaff> = ({ params: { userId = '' } }, { store }) =>
  store.need(staff, { id: userId });
