import { living } from '../customers/living.ts';
import { hiddenFrom, shown } from '../customers/shown.ts';
import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { members, mustBeStatic, own } from './list.ts';
import { joining } from './membership.ts';

/** Being put on a list twice is being on it. */
export const putMember: UseCase<typeof routes.putMember> = async ({ params: { id = '', customerId = '' } }, ctx) => {
  const [list, customer, hidden] = await Promise.all([own(ctx, id), living(ctx.store, customerId), hiddenFrom(ctx)]);
  mustBeStatic(list);
  const there = await ctx.store.get(members, { customerId: customer.id, listId: id });
  const reply = shown(customer, hidden);
  return there ? reply : ctx.store.commit(joining(ctx, list, customer.id), reply);
};
