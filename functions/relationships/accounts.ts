import { ownerAssigned } from '../../events/staff.ts';
import { finances } from '../billing/finance.ts';
import { filterByCondition } from '../customer-facts/reads.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { customers } from '../customers/customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import { staff } from '../organisation/staff-member.ts';
import { type Team, teams } from '../organisation/team.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { cursorMalformed } from '../shared/http/errors.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { cursorOf, readCursor } from '../shared/store/cursor.ts';
import { recordPage } from '../shared/store/records.ts';
import { accountRoutes } from './account-routes.ts';
import { figuresOf, totalOf } from './figures.ts';
import { ancestors, concurrency, subtree, withNames } from './hierarchy.ts';

/** the latest records of an account that are counted, and the accounts of a roll-up */
const limits = { records: 300, accounts: 500 };

const offsetIn = (cursor: string | undefined) => {
  const offset = cursor === undefined ? '0' : readCursor(cursor);
  if (!/^\d{1,3}$/.test(offset)) throw cursorMalformed();
  return Number(offset);
};

export const accountHandlers = handlers(accountRoutes, {
  readHierarchy: async ({ params: { id = '' }, query: { on: given, limit } }, ctx) => {
    const on = given ?? ctx.now.slice(0, 10);
    const { id: root } = await activeCustomer(ctx.store, id);
    const [above, { accounts, more }] = await Promise.all([
      ancestors(ctx, root, on),
      subtree(ctx, root, { on, limit }),
    ]);
    const parentId = above[0]?.id ?? null;
    const tree = accounts.map(account => (account.id === root ? { ...account, parentId } : account));
    return { on, ancestors: await withNames(ctx, above), accounts: await withNames(ctx, tree), more };
  },
  readRollup: async ({ params: { id = '' }, query: { on: given, limit, cursor } }, ctx) => {
    const { now, store } = ctx;
    const on = given ?? now.slice(0, 10);
    const offset = offsetIn(cursor);
    const { id: root } = await activeCustomer(store, id);
    const end = offset + limit;
    const { accounts, more } = await subtree(ctx, root, { on, limit: Math.min(end + 1, limits.accounts) });
    const items = await mapConcurrent(await withNames(ctx, accounts.slice(offset, end)), concurrency, async account => {
      const [records, finance] = await Promise.all([
        store.owned(account.id, { limit: limits.records }),
        store.get(finances, { customerId: account.id }),
      ]);
      return { ...account, ...figuresOf(records, finance), more: records.length === limits.records };
    });
    const nextCursor = accounts.length > end ? cursorOf(`${end}`) : null;
    return { on, items, total: totalOf(items), more: nextCursor === null && more, nextCursor };
  },
  teamsOfCustomer: async ({ params: { id = '' }, query }, ctx) => {
    const customer = await activeCustomer(ctx.store, id);
    const { items, nextCursor } = await recordPage(ctx.store, teams, ['team', 'all'], { ...query, upwards: true });
    const matching = items.map(async (team): Promise<Team[]> => {
      const { territories } = team;
      return territories && (await filterByCondition([customer], territories, ctx)).length ? [team] : [];
    });
    return { items: (await Promise.all(matching)).flat(), nextCursor };
  },
  assignOwner: async ({ params: { id = '' }, body: { userId } }, ctx) => {
    const { now, store } = ctx;
    const [before, owner, hidden] = await Promise.all([
      activeCustomer(store, id),
      userId === null ? undefined : store.get(staff, { id: userId }),
      hiddenFrom(ctx),
    ]);
    if (userId !== null && !owner) throw invalid([{ path: 'userId', message: `is not a staff member: ${userId}` }]);
    const from = before.ownerId ?? null;
    if (from === userId) return redact(before, hidden);
    const after = updated(now, before, { ownerId: userId ?? undefined });
    const event = emit(ownerAssigned, { customerId: before.id, about: before.id, data: { userId, from } });
    return store.commit([update(customers, before, after), event], redact(after, hidden));
  },
});
