import { bulkStarted } from '../../../events/bulk.ts';
import { newId } from '../../../events/ids.ts';
import { checkCondition } from '../../customer-facts/check-condition.ts';
import { rejectComputed } from '../../customers/attributes/defined-values.ts';
import { confidentialOf } from '../../customers/attributes/definitions.ts';
import { valuesOf } from '../../customers/attributes/paths.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { hiddenFrom, isHidden } from '../../customers/redact.ts';
import { settingsOf } from '../../customers/settings.ts';
import { staff } from '../../organisation/staff-member.ts';
import { searchCustomers } from '../../search/search-customers.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Job, startJob } from '../../shared/jobs/job.ts';
import { type Change, emit, insert } from '../../shared/store/changes.ts';
import { type List, mustBeStatic, ownList, visibleList } from '../list.ts';
import { type Action, mostNamed, type Target } from './action.ts';
import { type BulkInput, kinds, type Walk } from './bulk.ts';
import { type Plan, plans } from './bulk-log.ts';
import { slicesOf } from './slices.ts';

type Id = StoredCustomer['id'];

const search = { page: 100, pages: 40 };

const foundBy = async (q: string, ctx: Ctx): Promise<Id[]> => {
  const hidden = await hiddenFrom(ctx);
  const found = new Set<Id>();
  let cursor: string | undefined;
  for (let page = 0; page < search.pages; page++) {
    const { items, nextCursor } = await searchCustomers({ q, hidden, limit: search.page, cursor }, ctx.store);
    const exact = items.filter(({ match }) => match.how !== 'similar');
    for (const { id } of exact) found.add(id);
    cursor = nextCursor ?? undefined;
    if (!cursor || exact.length < items.length) return [...found];
    if (found.size > mostNamed) break;
  }
  throw invalid([{ path: 'target.q', message: `finds more than ${mostNamed} customers: use a condition instead` }]);
};

const walkOf = async ({ list, where, customers: named, q }: Target, ctx: Ctx): Promise<{ walk: Walk; ids?: Id[] }> => {
  if (named) return { walk: { of: 'chosen' }, ids: [...new Set(named)] };
  if (q !== undefined) return { walk: { of: 'chosen' }, ids: await foundBy(q, ctx) };
  if (list === undefined) {
    await checkCondition(where, 'target.where', ctx);
    return { walk: { of: 'all', ...(where ? { where } : {}) } };
  }
  const { kind, where: condition } = await visibleList(ctx, list);
  await checkCondition(condition, 'target.list', ctx);
  return { walk: kind === 'dynamic' && condition ? { of: 'all', where: condition } : { of: 'list', listId: list } };
};

/** Refuses to set what is computed, or confidential: everyone who may read jobs can see what a job sets. */
const mayBeSet = async (set: NonNullable<Action['set']>, { store }: Ctx) => {
  const settings = await settingsOf(store);
  rejectComputed(valuesOf(set), settings, 'action.set.');
  const hidden = confidentialOf(settings);
  const errors = [...valuesOf(set).keys()]
    .filter(attribute => isHidden(hidden, attribute))
    .map(attribute => ({ path: `action.set.${attribute}`, message: 'is confidential: set it customer by customer' }));
  if (errors.length) throw invalid(errors);
};

type Created = Pick<List, 'id'>;

const mayBeApplied = async (action: Action, target: Target, ctx: Ctx, created?: Created) => {
  const { addToList, removeFromList, set, assignOwner } = action;
  if (set) await mayBeSet(set, ctx);
  if (assignOwner && !(await ctx.store.get(staff, { id: assignOwner }))) {
    throw invalid([{ path: 'action.assignOwner', message: `${assignOwner} is not a staff member` }]);
  }
  const listId = addToList ?? removeFromList;
  if (listId === undefined || listId === created?.id) return;
  mustBeStatic(await ownList(ctx, listId));
  if (addToList !== undefined && addToList === target.list) {
    throw invalid([{ path: 'action.addToList', message: 'must be another list than the target' }]);
  }
};

type Request = { target: Target; action: Action; dryRun: boolean; why: string };

/** The job of a bulk change, and the changes that start it. `created`: a list that is created with it. */
export const planBulk = async (
  { target, ...request }: Request,
  ctx: Ctx,
  created?: Created,
): Promise<{ job: Job; changes: Change[] }> => {
  const { now, actor } = ctx;
  const [{ walk, ids }] = await Promise.all([walkOf(target, ctx), mayBeApplied(request.action, target, ctx, created)]);
  const id = newId('job', now) as Plan['jobId'];
  // ids are in the slices, and a search text is personal data: only their number is shown
  const shown = ids ? { [target.customers ? 'customers' : 'found']: ids.length } : target;
  const input: BulkInput = { ...request, target: shown, walk };
  const { job, changes } = startJob(now, {
    id,
    kind: kinds.change,
    by: actor,
    cancelScope: 'lists.write',
    input: input as Job['input'],
  });
  const slices = ids ? slicesOf(now, id, ids) : [];
  return {
    job,
    changes: [
      ...changes,
      ...slices.map(plan => insert(plans, plan)),
      emit(bulkStarted, { about: id, data: { ...request, target: shown as never, action: request.action as never } }),
    ],
  };
};
