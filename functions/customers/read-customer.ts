import type { UseCase } from '../shared/contract.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';

export const readCustomer: UseCase<typeof routes.readCustomer> = ({ params: { id = '' } }, { store }) =>
  store.need(customers, { id });
