import { newId } from '../../events/ids.ts';
import { listChanged, listCreated, listRemoved } from '../../events/list.ts';
import { checkCondition } from '../customer-facts/check-condition.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers, Reply } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { startJob } from '../shared/jobs/job.ts';
import { mergePatch } from '../shared/json.ts';
import { created, eventOf, insert, remove, update, updated } from '../shared/store/changes.ts';
import { revive } from '../shared/store/entity.ts';
import { fieldsOf } from '../shared/store/records.ts';
import { bulkOf } from './bulk/bulk.ts';
import { planBulk } from './bulk/start-bulk.ts';
import { listRoutes } from './contract.ts';
import {
  checkReaders,
  type List,
  ListFields,
  lists,
  memberParts,
  members,
  ownList,
  visibility,
  visibleList,
} from './list.ts';

/** a few reads count so many, and no write of a member waits for a counter */
const mostCounted = 5000;

const sizeOf = async ({ id }: List, { store }: Ctx) => {
  const count = await store.count(members, 'list', id, mostCounted + 1);
  return { size: Math.min(count, mostCounted), sizeIsExact: count <= mostCounted };
};

export const listHandlers = handlers(listRoutes, {
  createList: async ({ body }, ctx) => {
    const { now, actor, store } = ctx;
    await Promise.all([checkCondition(body.where, 'where', ctx), checkReaders(body, ctx)]);
    const list: List = created(now, { ...body, id: newId('list', now), owner: actor });
    return store.commit([insert(lists, list), eventOf(listCreated, list)], list);
  },

  findLists: async ({ query }, ctx) => ctx.store.list(lists, 'all', 'all', { ...query, keep: await visibility(ctx) }),

  readList: async ({ params: { id = '' } }, ctx) => {
    const list = await visibleList(ctx, id);
    return { ...list, ...(list.kind === 'static' ? await sizeOf(list, ctx) : { size: null, sizeIsExact: false }) };
  },

  changeList: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const before = await ownList(ctx, id);
    // a condition is replaced as a whole
    const { where = before.where, ...patch } = body;
    const fields = mergePatch(fieldsOf(ListFields, before), patch) as object;
    const after = {
      ...before,
      description: undefined,
      ...parse(ListFields, { ...fields, ...(where ? { where } : {}) }),
    };
    const list = updated(now, after, {});
    if (body.where) await checkCondition(list.where, 'where', ctx);
    if (body.sharedWith) await checkReaders(list, ctx);
    return store.commit([update(lists, before, list), eventOf(listChanged, list)], list);
  },

  removeList: async ({ params: { id = '' } }, ctx) => {
    const { now, actor, store } = ctx;
    const before = await ownList(ctx, id);
    const clearing = startJob(now, { kind: 'clear-list', by: actor, input: { listId: id } });
    const changes = [
      remove(lists, before),
      eventOf(listRemoved, before),
      ...(before.kind === 'static' ? clearing.changes : []),
    ];
    return store.commit(changes, new Reply(200, before));
  },

  copyList: async ({ params: { id = '' }, body }, ctx) => {
    const { now, actor, store } = ctx;
    const { id: from, name, description } = await visibleList(ctx, id);
    await checkReaders(body, ctx);
    const list: List = created(now, {
      ...(description ? { description } : {}),
      ...body,
      kind: 'static' as const,
      id: newId('list', now),
      owner: actor,
    });
    const request = {
      target: { list: from },
      action: { addToList: list.id },
      dryRun: false,
      why: `copy of the list ${name}`,
    };
    const { job, changes } = await planBulk(request, ctx, list);
    return store.commit([insert(lists, list), eventOf(listCreated, list), ...changes], {
      list,
      job: bulkOf(job),
    });
  },

  listsOfCustomer: async ({ params: { id = '' }, query }, ctx) => {
    const { id: customerId } = await activeCustomer(ctx.store, id);
    const { items, nextCursor } = await ctx.store.range(['customer', customerId], { ...query, within: memberParts });
    const keys = items.map(item => revive(members, item).listId);
    const found = await ctx.store.getByIds(lists, keys);
    return { items: found.filter(await visibility(ctx)), nextCursor };
  },
});
