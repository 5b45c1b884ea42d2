import { living } from '../../customers/living.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { type Need, needs } from './need.ts';
import type { needRoutes } from './need-routes.ts';

export const needsOfCustomer: UseCase<typeof needRoutes.needsOfCustomer> = async (
  { params: { id = '' }, query: { status, ...paging } },
  { store },
) => {
  const { id: customerId } = await living(store, id);
  const keep = (need: Need) => !status || need.status === status;
  return store.belonging(needs, customerId, { ...paging, keep });
};
