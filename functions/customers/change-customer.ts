import type { UseCase } from '../shared/contract.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';
import { changed } from './profile.ts';

export const changeCustomer: UseCase<typeof routes.changeCustomer> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(customers, { id });
  const { customer, changes } = changed(now, before, body, 'api');
  return store.commit(changes, customer);
};
