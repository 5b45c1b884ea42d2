import { filterByCondition } from '../customer-facts/reads.ts';
import { activeCustomer, resolveAllMerged } from '../customers/active-customer.ts';
import { customers, type StoredCustomer } from '../customers/customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import { rejectRevealing } from '../customers/revealing.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers, Reply } from '../shared/http/contract.ts';
import { cursorOf } from '../shared/store/cursor.ts';
import type { Paging } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { memberRoutes } from './contract.ts';
import { targetErased, targetNotFound } from './errors.ts';
import { type List, members, mustBeStatic, ownList, visibleList } from './list.ts';
import { columnsOf, csvOf } from './members-csv.ts';
import { memberAdded, memberRemoved, newMember } from './membership.ts';

/** how many customers a page of a dynamic list looks at, at most; its cursor continues from there */
const most = { pages: 5, page: 100 };

type Page = { items: StoredCustomer[]; nextCursor: string | null; looked: number };

const staticPage = async ({ id }: List, paging: Paging, { store }: Ctx): Promise<Page> => {
  const { items, nextCursor } = await store.list(members, 'list', id, paging);
  const keys = items.map(({ customerId }) => customerId);
  const found = await store.getByIds(customers, keys);
  return { items: found, nextCursor, looked: found.length };
};

const dynamicPage = async ({ where }: List, { limit, cursor }: Paging, ctx: Ctx): Promise<Page> => {
  const items: StoredCustomer[] = [];
  let at = cursor;
  let looked = 0;
  for (let page = 0; page < most.pages; page++) {
    const all = await ctx.store.list(customers, 'all', 'all', { limit: most.page, cursor: at });
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

type Id = StoredCustomer['id'];
type Result = { customerId: Id; result: 'added' | 'there' | 'failed'; problem?: { code: string; message: string } };

const failed = (customerId: Id, { code, message }: ApiError): Result => ({
  customerId,
  result: 'failed',
  problem: { code, message },
});

const resultOf = (customerId: Id, failure: unknown): Result => {
  if (failure === undefined) return { customerId, result: 'added' };
  if (failure instanceof VersionConflict) return { customerId, result: 'there' };
  if (failure instanceof ApiError) return failed(customerId, failure);
  throw failure;
};

const membershipOf = async (listId: string, customerId: string, ctx: Ctx) => {
  const [list, customer, hidden] = await Promise.all([
    ownList(ctx, listId),
    activeCustomer(ctx.store, customerId),
    hiddenFrom(ctx),
  ]);
  mustBeStatic(list);
  const member = await ctx.store.get(members, { customerId: customer.id, listId });
  return { list, customer, member, reply: redact(customer, hidden) };
};

const membersPage = async (id: string, paging: Paging, ctx: Ctx) => {
  const [list, hidden] = await Promise.all([visibleList(ctx, id), hiddenFrom(ctx)]);
  await rejectRevealing([list.where], ctx);
  const { items, ...page } = await (list.kind === 'static' ? staticPage : dynamicPage)(list, paging, ctx);
  return { ...page, items: items.map(customer => redact(customer, hidden)) };
};

export const memberHandlers = handlers(memberRoutes, {
  listMembers: ({ params: { id = '' }, query }, ctx) => membersPage(id, query, ctx),

  exportMembers: async ({ params: { id = '' }, query: { columns, ...paging } }, ctx) => {
    const wanted = columnsOf(columns);
    const { items, nextCursor } = await membersPage(id, paging, ctx);
    const headers = {
      'content-disposition': `attachment; filename="${id}.csv"`,
      ...(nextCursor ? { 'next-cursor': nextCursor } : {}),
    };
    return new Reply(200, csvOf(items, wanted, !paging.cursor), headers);
  },

  putMember: async ({ params: { id = '', customerId = '' } }, ctx) => {
    const { list, customer, member, reply } = await membershipOf(id, customerId, ctx);
    return member ? reply : ctx.store.commit(memberAdded(list, newMember(ctx, list.id, customer.id)), reply);
  },

  removeMember: async ({ params: { id = '', customerId = '' } }, ctx) => {
    const { list, member, reply } = await membershipOf(id, customerId, ctx);
    return member ? ctx.store.commit(memberRemoved(list, member), reply) : reply;
  },

  putMembers: async ({ params: { id = '' }, body }, ctx) => {
    const list = await ownList(ctx, id);
    mustBeStatic(list);
    const ids = [...new Set(body.customers)];
    const targets = await resolveAllMerged(ctx.store, ids);
    // two ids may be of one customer by now
    const active = [...new Set(ids.flatMap(one => targets.get(one)?.id ?? []))];
    const keys = active.map(customerId => ({ customerId, listId: list.id }));
    const found = await ctx.store.getAll(members, keys);
    const existing = new Set(found.map(({ customerId }) => customerId));
    const missing = active.filter(one => !existing.has(one));
    const failures = await ctx.store.commitAll(missing.map(one => memberAdded(list, newMember(ctx, list.id, one))));
    const reported = new Set<Id>();
    const results = ids.map((one): Result => {
      const target = targets.get(one);
      if (!target) return failed(one, target === null ? targetErased() : targetNotFound());
      const nth = missing.indexOf(target.id);
      const isRepeated = reported.has(target.id) && failures[nth] === undefined;
      reported.add(target.id);
      return nth < 0 || isRepeated ? { customerId: one, result: 'there' } : resultOf(one, failures[nth]);
    });
    const count = (wanted: Result['result']) => results.filter(({ result }) => result === wanted).length;
    return { added: count('added'), there: count('there'), failed: count('failed'), results };
  },
});
