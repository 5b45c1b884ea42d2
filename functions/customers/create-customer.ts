import type { UseCase } from '../shared/contract.ts';
import type { routes } from './contract.ts';
import { created } from './profile.ts';

export const createCustomer: UseCase<typeof routes.createCustomer> = async ({ body }, { now, store }) => {
  const { customer, changes } = created(now, body, { source: 'api' });
  return store.commit(changes, customer);
};
