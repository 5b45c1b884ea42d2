import { filterByCondition } from '../customer-facts/reads.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler } from '../shared/http/contract.ts';
import { cursorOf } from '../shared/store/cursor.ts';
import type { Paging } from '../shared/store/store.ts';
import type { routes } from './contract.ts';
import { type List, members, seen } from './list.ts';

/** how many customers a page of a dynamic list looks at, at most; its cursor goes on from there */
const looks = { pages: 5, page: 100 };

type Page = { items: StoredCustomer[]; nextCursor: string | null; looked: number };

const put = async ({ id }: List, paging: Paging, { store }: Ctx): Promise<Page> => {
  const { items, nextCursor } = await store.list(members, 'list', id, paging);
  const found = await store.getAll(
    customers,
    items.map(({ customerId }) => ({ id: customerId })),
  );
  return { items: found, nextCursor, looked: found.length };
};

const judged = async ({ where }: List, { limit, cursor }: Paging, ctx: Ctx): Promise<Page> => {
  const items: StoredCustomer[] = [];
  let at = cursor;
  let looked = 0;
  for (let page = 0; page < looks.pages; page++) {
    const all = await ctx.store.list(customers, 'all', 'all', { limit: looks.page, cursor: at });
    looked += all.items.length;
    items.push(...(await filterByCondition(all.items, where, ctx)));
    // the list of all customers is in the order of their ids
    const last = items[limit - 1];
    if (last && (items.length > limit || all.nextCursor)) {
      return { items: items.slice(0, limit), nextCursor: cursorOf(last.id), looked };
    }
    if (!all.nextCursor) return { items, nextCursor: null, looked };
    at = all.nextCursor;
  }
  return { items, nextCursor: at ?? null, looked };
};

export const listMembers: Handler<typeof routes.listMembers> = async ({ params: { id = '' }, query }, ctx) => {
  const [list, hidden] = await Promise.all([seen(ctx, id), hiddenFrom(ctx)]);
  const { items, ...page } = await (list.kind === 'static' ? put(list, query, ctx) : judged(list, query, ctx));
  return { ...page, items: items.map(customer => redact(customer, hidden)) };
};
