import { bulkStarted } from '../../../events/bulk.ts';
import { newId } from '../../../events/ids.ts';
import { rejectComputed } from '../../customers/attributes/defined-values.ts';
import { confidentialOf } from '../../customers/attributes/definitions.ts';
import { valuesOf } from '../../customers/attributes/paths.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { checkCondition, hiddenFrom, isHidden } from '../../customers/redact.ts';
import { settingsOf } from '../../customers/settings.ts';
import { staff } from '../../organisation/staff-member.ts';
import { searchCustomers } from '../../search/search-customers.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { type Job, startJob } from '../../shared/jobs/job.ts';
import { type Change, emit, insert } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { type List, mustBeStatic, own, seen } from '../list.ts';
import { bulkOf, kinds } from './bulk.ts';
import type { BulkInput, Walk } from './bulk-input.ts';
import { type Plan, plans } from './bulk-log.ts';
import { type Deed, mostNamed, type Over } from './deed.ts';
import { planned } from './plan.ts';

type Id = StoredCustomer['id'];

type Chosen = { walk: Walk; ids?: Id[] };

/** found customers a page, and pages read at most: a page may be short */
const search = { page: 100, pages: 40 };

/** customers by whatever was typed, so few that they are known before the job begins; who is only like it is not meant */
const foundBy = async (q: string, ctx: Ctx): Promise<Id[]> => {
  const hidden = await hiddenFrom(ctx);
  const found = new Set<Id>();
  let cursor: string | undefined;
  for (let page = 0; page < search.pages; page++) {
    const { items, nextCursor } = await searchCustomers({ q, hidden, limit: search.page, cursor }, ctx.store);
    const meant = items.filter(({ match }) => match.how !== 'similar');
    for (const { id } of meant) found.add(id);
    cursor = nextCursor ?? undefined;
    if (!cursor || meant.length < items.length) return [...found];
    if (found.size > mostNamed) break;
  }
  throw invalid([{ path: 'over.q', message: `finds more than ${mostNamed} customers: choose them by a condition` }]);
};

const walkOver = async ({ list, where, customers: named, q }: Over, ctx: Ctx): Promise<Chosen> => {
  if (named) return { walk: { of: 'chosen' }, ids: [...new Set(named)] };
  if (q !== undefined) return { walk: { of: 'chosen' }, ids: await foundBy(q, ctx) };
  if (list === undefined) {
    checkCondition(where, ['over', 'where'], await hiddenFrom(ctx));
    return { walk: { of: 'all', ...(where ? { where } : {}) } };
  }
  const { kind, where: condition } = await seen(ctx, list);
  // as it is when the job begins
  return { walk: kind === 'dynamic' && condition ? { of: 'all', where: condition } : { of: 'list', listId: list } };
};

/** Refuses to set what is computed, or confidential: what a job sets is told to everybody who may read jobs. */
const mayBeSet = async (set: NonNullable<Deed['set']>, { store }: Ctx) => {
  const settings = await settingsOf(store);
  rejectComputed(valuesOf(set), settings, 'do.set.');
  const hidden = confidentialOf(settings);
  const errors = [...valuesOf(set).keys()]
    .filter(attribute => isHidden(hidden, attribute))
    .map(attribute => ({ path: `do.set.${attribute}`, message: 'is confidential: it is set one by one' }));
  if (errors.length) throw invalid(errors);
};

/** refuses a deed that no customer could be done to */
const mayBeDone = async (
  { addToList, removeFromList, set, assignOwner }: Deed,
  { list }: Over,
  ctx: Ctx,
  made?: Made,
) => {
  if (set) await mayBeSet(set, ctx);
  if (assignOwner && !(await ctx.store.get(staff, { id: assignOwner }))) {
    throw invalid([{ path: 'do.assignOwner', message: `is nobody of the staff: ${assignOwner}` }]);
  }
  const target = addToList ?? removeFromList;
  if (target === undefined || target === made?.id) return;
  mustBeStatic(await own(ctx, target));
  if (list !== undefined && addToList === list)
    throw invalid([{ path: 'do.addToList', message: 'is the list that its customers are on' }]);
};

type Made = Pick<List, 'id'>;

export type Asked = { over: Over; do: Deed; dryRun: boolean; why: string };

/** A job that begins, with what it takes to know who it is about. `made`: a list that begins with it. */
export const beginning = async (
  { over, ...asked }: Asked,
  ctx: Ctx,
  made?: Made,
): Promise<{ job: Job; changes: Change[] }> => {
  const { now, actor } = ctx;
  const [{ walk, ids }] = await Promise.all([walkOver(over, ctx), mayBeDone(asked.do, over, ctx, made)]);
  const id = newId('job', now) as Plan['jobId'];
  // who it is about lies in the plans; what was typed to find somebody is about somebody
  const told = ids ? { [over.customers ? 'customers' : 'found']: ids.length } : over;
  const input: BulkInput = { over: told, walk, ...asked };
  const { job, changes } = startJob(now, { id, kind: kinds.change, by: actor, input: input as Job['input'] });
  return {
    job,
    changes: [
      ...changes,
      ...(ids ? planned(now, id, ids).map(plan => insert(plans, plan)) : []),
      emit(bulkStarted, { about: id, data: { over: told as never, ...asked, do: asked.do as never } }),
    ],
  };
};

export const startBulk: Handler<typeof routes.startBulk> = async ({ body }, ctx) => {
  const { job, changes } = await beginning(body, ctx);
  return ctx.store.commit(changes, bulkOf(job));
};
