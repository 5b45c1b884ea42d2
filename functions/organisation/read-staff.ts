import type { Handler } from '../shared/http/contract.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { staff } from './staff.ts';

export const readStaff: Handler<typeof organisationRoutes.readStaff> = ({ params: { userId = '' } }, { store }) =>
  store.need(staff, { id: userId });
