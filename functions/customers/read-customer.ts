import type { UseCase } from '../shared/http/contract.ts';
import { only, wantedFields } from './attributes/wanted-fields.ts';
import type { routes } from './contract.ts';
import { living } from './living.ts';
import { customerFor, purposeRead } from './purposes/for-purpose.ts';
import { hiddenFrom, shown } from './shown.ts';

export const readCustomer: UseCase<typeof routes.readCustomer> = async ({ params: { id = '' }, query }, ctx) => {
  const { fields, purpose: name } = query;
  const wanted = fields === undefined ? undefined : wantedFields(fields);
  const [customer, hidden, purpose] = await Promise.all([
    living(ctx.store, id),
    hiddenFrom(ctx),
    purposeRead(name, ctx),
  ]);
  return only(customerFor(purpose, shown(customer, hidden)), wanted);
};
