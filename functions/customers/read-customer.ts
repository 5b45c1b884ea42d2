import type { UseCase } from '../shared/contract.ts';
import type { routes } from './contract.ts';
import { living } from './living.ts';

export const readCustomer: UseCase<typeof routes.readCustomer> = ({ params: { id = '' } }, { store }) =>
  living(store, id);
