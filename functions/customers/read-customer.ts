import type { UseCase } from '../shared/contract.ts';
import type { routes } from './contract.ts';
import { living } from './living.ts';
import { hiddenFrom, shown } from './shown.ts';

export const readCustomer: UseCase<typeof routes.readCustomer> = async ({ params: { id = '' } }, ctx) => {
  const [customer, hidden] = await Promise.all([living(ctx.store, id), hiddenFrom(ctx)]);
  return shown(customer, hidden);
};
