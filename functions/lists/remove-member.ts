import { activeCustomer } from '../customers/active-customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { members, mustBeStatic, own } from './list.ts';
import { leaving } from './membership.ts';

export const removeMember: Handler<typeof routes.removeMember> = async (
  { params: { id = '', customerId = '' } },
  ctx,
) => {
  const [list, customer, hidden] = await Promise.all([
    own(ctx, id),
    activeCustomer(ctx.store, customerId),
    hiddenFrom(ctx),
  ]);
  mustBeStatic(list);
  const there = await ctx.store.get(members, { customerId: customer.id, listId: id });
  const reply = redact(customer, hidden);
  return there ? ctx.store.commit(leaving(list, there), reply) : reply;
};
