import type { UseCase } from '../shared/contract.ts';
import type { routes } from './contract.ts';
import { living } from './living.ts';
import { changed } from './profile.ts';

export const changeCustomer: UseCase<typeof routes.changeCustomer> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await living(store, id);
  const { customer, changes } = changed(now, before, body, { source: 'api' });
  return store.commit(changes, customer);
};
