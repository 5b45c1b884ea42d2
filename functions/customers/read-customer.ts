import type { Handler } from '../shared/http/contract.ts';
import { only, wantedFields } from './attributes/wanted-fields.ts';
import type { routes } from './contract.ts';
import { activeCustomer } from './living.ts';
import { customerFor, purposeRead } from './purpose.ts';
import { hiddenFrom, redacted } from './shown.ts';

export const readCustomer: Handler<typeof routes.readCustomer> = async ({ params: { id = '' }, query }, ctx) => {
  const { fields, purpose: name } = query;
  const wanted = fields === undefined ? undefined : wantedFields(fields);
  const [customer, hidden, purpose] = await Promise.all([
    activeCustomer(ctx.store, id),
    hiddenFrom(ctx),
    purposeRead(name, ctx),
  ]);
  return only(customerFor(purpose, redacted(customer, hidden)), wanted);
};
