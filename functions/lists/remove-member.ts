import { living } from '../customers/living.ts';
import { hiddenFrom, shown } from '../customers/shown.ts';
import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { members, mustBeStatic, own } from './list.ts';
import { leaving } from './membership.ts';

export const removeMember: UseCase<typeof routes.removeMember> = async (
  { params: { id = '', customerId = '' } },
  ctx,
) => {
  const [list, customer, hidden] = await Promise.all([own(ctx, id), living(ctx.store, customerId), hiddenFrom(ctx)]);
  mustBeStatic(list);
  const there = await ctx.store.get(members, { customerId: customer.id, listId: id });
  const reply = shown(customer, hidden);
  return there ? ctx.store.commit(leaving(list, there), reply) : reply;
};
