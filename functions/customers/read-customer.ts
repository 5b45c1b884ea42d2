import type { UseCase } from '../shared/contract.ts';
import { only, wantedFields } from './attributes/wanted-fields.ts';
import type { routes } from './contract.ts';
import { living } from './living.ts';
import { hiddenFrom, shown } from './shown.ts';

export const readCustomer: UseCase<typeof routes.readCustomer> = async ({ params: { id = '' }, query }, ctx) => {
  const [customer, hidden, wanted] = await Promise.all([
    living(ctx.store, id),
    hiddenFrom(ctx),
    wantedFields(ctx, query),
  ]);
  return only(shown(customer, hidden), wanted);
};
