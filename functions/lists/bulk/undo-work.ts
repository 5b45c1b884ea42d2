import { resolveMerged } from '../../customers/active-customer.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { type CustomerSettings, settingsOf } from '../../customers/settings.ts';
import { type By, leftAs, patchedBack, type Undone, undoProfile } from '../../customers/undo-profile.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { update } from '../../shared/store/changes.ts';
import { targetErased } from '../errors.ts';
import { lists, members } from '../list.ts';
import { memberAdded, memberRemoved } from '../membership.ts';
import { attempts, commitOutcomes, type Lines, outcomeOf, type Unit } from './apply-action.ts';
import { undoInput } from './bulk.ts';
import { type BulkChange, bulkChanges, type Done, plans } from './bulk-log.ts';
import { reportingWork } from './bulk-work.ts';
import { ownerChanged, tagPatch, tagsOf, untagPatch } from './customer-changes.ts';
import { failed, type Line, lineOf } from './report.ts';

type DoneAs<What extends Done['what']> = Extract<Done, { what: What }>;

const undoTag = (customer: StoredCustomer, { what, tag }: DoneAs<'tag' | 'untag'>, by: By): Undone => {
  if (tagsOf(customer).includes(tag) !== (what === 'tag')) return leftAs('attributes.tags');
  const patch = what === 'tag' ? untagPatch(customer, tag) : tagPatch(customer, tag);
  return { ...patchedBack(customer, patch, by), left: [] };
};

const undoMember = async (
  { id: customerId }: StoredCustomer,
  done: DoneAs<'added' | 'removed'>,
  { ctx: { store }, source }: By,
): Promise<Undone> => {
  const listId = done.what === 'added' ? done.listId : done.member.listId;
  const [list, member] = await Promise.all([
    store.get(lists, { id: listId }),
    store.get(members, { customerId, listId }),
  ]);
  if (!list) return leftAs('list', 'the list was removed');
  if (done.what === 'removed') {
    if (member) return leftAs('list');
    const changes = memberAdded(list, { ...done.member, customerId }, source);
    return { changes, values: [{ attribute: 'list', from: null, to: listId }], left: [] };
  }
  // it may have been removed and added again since
  if (member?.place !== done.place) return leftAs('list');
  const changes = memberRemoved(list, member, source);
  return { changes, values: [{ attribute: 'list', from: listId, to: null }], left: [] };
};

const undoAction = async (customer: StoredCustomer, { done, changes }: BulkChange, by: By): Promise<Undone> => {
  switch (done.what) {
    case 'profile':
      return undoProfile(customer, done, by);
    case 'tag':
    case 'untag':
      return undoTag(customer, done, by);
    case 'added':
    case 'removed':
      return undoMember(customer, done, by);
    case 'owner':
      if ((customer.ownerId ?? null) !== done.became) return leftAs('ownerId');
      return { ...ownerChanged(customer, done.was, { now: by.ctx.now, source: by.source }), left: [] };
    case 'consent':
      return leftAs(changes[0]?.attribute ?? 'consent', 'only the customer can grant a withdrawn consent again');
  }
};

type Id = BulkChange['customerId'];
type JobId = BulkChange['jobId'];

type Undo = { undoes: JobId; job: JobId; settings: CustomerSettings };

const lineOfUndone = ({ customerId, undone }: BulkChange): Line =>
  lineOf(customerId, undone?.changes ?? [], { left: undone?.left });

const undoOne = async (change: BulkChange, { job, settings }: Undo, ctx: Ctx): Promise<Unit | Line> => {
  const { customerId, jobId, version } = change;
  const customer = await resolveMerged(ctx.store, customerId);
  if (!customer) return failed(customerId, targetErased());
  const { changes, values, left } = await undoAction(customer, change, { ctx, source: `undo:${jobId}`, settings });
  const undone = { by: job, at: ctx.now, changes: values, left };
  const after: BulkChange = { ...change, undone, version: version + 1 };
  return { changes: [...changes, update(bulkChanges, change, after)], line: lineOfUndone(after) };
};

const attempt = async (ids: Id[], undo: Undo, lines: Lines, ctx: Ctx): Promise<Id[]> => {
  const { undoes, job } = undo;
  const keys = ids.map(customerId => ({ jobId: undoes, customerId }));
  const log = await ctx.store.getAll(bulkChanges, keys);
  // undone before a crash by this job; what a cancelled one undid is in its own report
  for (const change of log) if (change.undone?.by === job) lines.set(change.customerId, lineOfUndone(change));
  const open = log.filter(({ undone }) => !undone);
  const outcomes = await Promise.all(open.map(one => outcomeOf(one.customerId, () => undoOne(one, undo, ctx))));
  return commitOutcomes(outcomes, lines, all => ctx.store.commitAll(all.map(({ changes }) => changes)));
};

export const undoWork = reportingWork(async (job, _, ctx) => {
  const undoes = undoInput(job).undoes as JobId;
  const plan = await ctx.store.get(plans, { jobId: undoes, slice: job.slice });
  if (!plan) return { looked: 0, lines: [], next: null };
  const undo = { undoes, job: job.id as JobId, settings: await settingsOf(ctx.store) };
  const lines = await attempts(plan.ids, (ids, all) => attempt(ids, undo, all, ctx));
  return { looked: plan.ids.length, lines, next: plan.next };
});
