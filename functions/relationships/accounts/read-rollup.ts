import { finances } from '../../billing/finance.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { cursorOf, readCursor } from '../../shared/store/cursor.ts';
import type { accountRoutes } from './account-routes.ts';
import { figuresOf, totalOf } from './figures.ts';
import { type Account, eachOf, named, subtree } from './subtree.ts';

/** the latest records of an account that are counted, and how far down its list of accounts a roll-up goes */
const most = { records: 300, accounts: 500 };

const placeOf = (cursor: string | undefined) => {
  const place = cursor === undefined ? '0' : readCursor(cursor);
  if (/^\d{1,3}$/.test(place)) return Number(place);
  throw new ApiError('malformed', 'cursor.malformed', 'this cursor was not given out by this list');
};

const counted = async ({ store }: Ctx, account: Account & { name: string }) => {
  const [records, finance] = await Promise.all([
    store.owned(account.id, { limit: most.records }),
    store.get(finances, { customerId: account.id }),
  ]);
  return { ...account, ...figuresOf(records, finance), more: records.length === most.records };
};

/** An account and those below it, a page of accounts at a time; the total is the page's. */
export const readRollup: Handler<typeof accountRoutes.readRollup> = async (
  { params: { id = '' }, query: { on: day, limit, cursor } },
  ctx,
) => {
  const on = day ?? ctx.now.slice(0, 10);
  const from = placeOf(cursor);
  const { id: root } = await activeCustomer(ctx.store, id);
  const all = Math.min(from + limit + 1, most.accounts);
  const { accounts, more } = await subtree(ctx, root, { on, limit: all });
  const shown = await named(ctx, accounts.slice(from, from + limit));
  const items = await eachOf(shown, account => counted(ctx, account));
  const next = accounts.length > from + limit ? cursorOf(`${from + limit}`) : null;
  return { on, items, total: totalOf(items), more: next === null && more, nextCursor: next };
};
