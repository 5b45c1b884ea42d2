import { activeCustomer } from '../../customers/active-customer.ts';
import type { Handler } from '../../shared/http/contract.ts';
import type { accountRoutes } from './account-routes.ts';
import { ancestors, named, subtree } from './subtree.ts';

export const readHierarchy: Handler<typeof accountRoutes.readHierarchy> = async (
  { params: { id = '' }, query: { on: day, limit } },
  ctx,
) => {
  const on = day ?? ctx.now.slice(0, 10);
  const { id: root } = await activeCustomer(ctx.store, id);
  const [above, { accounts, more }] = await Promise.all([ancestors(ctx, root, on), subtree(ctx, root, { on, limit })]);
  const parentId = above[0]?.id ?? null;
  return {
    on,
    ancestors: await named(ctx, above),
    accounts: await named(
      ctx,
      accounts.map(account => (account.id === root ? { ...account, parentId } : account)),
    ),
    more,
  };
};
