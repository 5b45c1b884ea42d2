import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import type { routes } from './contract.ts';
import { lists, maySee, memberParts, members } from './list.ts';

/** the static lists that a customer is on and the caller may see */
export const listsOfCustomer: Handler<typeof routes.listsOfCustomer> = async ({ params: { id = '' }, query }, ctx) => {
  const { id: customerId } = await activeCustomer(ctx.store, id);
  const { items, nextCursor } = await ctx.store.range(['customer', customerId], { ...query, within: memberParts });
  const held = items.map(item => revive(members, item));
  const found = await ctx.store.getAll(
    lists,
    held.map(({ listId }) => ({ id: listId })),
  );
  return { items: found.filter(list => maySee(list, ctx)), nextCursor };
};
