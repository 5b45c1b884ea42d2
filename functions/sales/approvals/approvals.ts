import { approvalPolicyChanged } from '../../../events/approval.ts';
import { checkCondition } from '../../customer-facts/check-condition.ts';
import { staff } from '../../organisation/staff-member.ts';
import { Key, UserId } from '../../shared/fields.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { type Change, emit, update, updated } from '../../shared/store/changes.ts';
import { everyRecord, listShared } from '../../shared/store/record-page.ts';
import { changeById, putById, readById, removeById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { dayOf } from '../../shared/time/duration.ts';
import { approvalClosed, notApprover } from '../errors.ts';
import { quotes } from '../quotes/quote.ts';
import { type Answer, type Approval, approvals } from './approval.ts';
import { answered } from './approval-changes.ts';
import { delegations, type Policy, policies, QuoteFacts } from './approval-policy.ts';
import { approvalRoutes } from './approval-routes.ts';

const policyEvent = ({ id: policyId }: Pick<Policy, 'id'>, removed: boolean) =>
  emit(approvalPolicyChanged, { about: policyId, data: { policyId, removed } });

const unknownStaff = async (store: Store, { steps }: Pick<Policy, 'steps'>): Promise<FieldError[]> => {
  const named = steps.flatMap(({ approvers }, step) =>
    approvers.staff.map((id, nth) => ({ id, path: `steps.${step}.approvers.staff.${nth}` })),
  );
  const found = new Set(
    (
      await store.getByIds(
        staff,
        named.map(({ id }) => id),
      )
    ).map(({ id }) => id),
  );
  return named.flatMap(({ id, path }) => (found.has(id) ? [] : [{ path, message: 'is no member of staff' }]));
};

/** who has given their approvals to a user for today */
const givenTo = async (store: Store, now: string, userId: string): Promise<string[]> => {
  const all = await Array.fromAsync(everyRecord(store, delegations, ['approval-delegation', 'all']));
  const today = dayOf(now);
  const isNow = ({ from = today, until }: { from?: string | undefined; until: string }) =>
    from <= today && today <= until;
  return all.flatMap(one => (one.to === userId && isNow(one) ? [one.id] : []));
};

const userOf = (actor: string) => (actor.startsWith('user:') ? actor.slice('user:'.length) : undefined);

type Approver = { id: string; roles: readonly string[]; standsFor: string[] };

/** for whom a user can give the step that is waited for: itself, or who is away; undefined: for nobody */
const placeOf = ({ step, steps }: Approval, { id, roles, standsFor }: Approver): string | undefined => {
  const { staff: named, role } = steps[step - 1]!.approvers;
  if (named.includes(id) || (role !== undefined && roles.includes(role))) return id;
  return named.find(one => standsFor.includes(one));
};

const needPlace = async (approval: Approval, { actor, groups, store, now }: Ctx) => {
  const id = userOf(actor) ?? actor;
  const place = placeOf(approval, { id, roles: groups, standsFor: await givenTo(store, now, id) });
  const { approvers } = approval.steps[approval.step - 1]!;
  const who = [...approvers.staff, ...(approvers.role ? [`the role ${approvers.role}`] : [])].join(', ');
  if (place === undefined) throw notApprover(`This step can be answered by ${who}, and who stands in for them.`);
  if (approval.fourEyes && approval.requestedBy === actor)
    throw notApprover('Who asked for this approval cannot give it.');
  return { by: id, ...(place === id ? {} : { for: place }) };
};

/** the changes of an approval that was answered, and of its quote where that decides it */
export const answerChanges = async (
  before: Approval,
  given: Omit<Answer, 'step' | 'at'>,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
): Promise<{ after: Approval; changes: Change[] }> => {
  const { after, changes } = answered(now, before, given);
  if (after.state === 'pending') return { after, changes };
  const quote = await store.get(quotes, { id: before.quoteId });
  if (quote?.approval?.id !== before.id) return { after, changes };
  const approval = { id: before.id, state: after.state };
  return { after, changes: [...changes, update(quotes, quote, updated(now, quote, { approval }))] };
};

const answering = (outcome: 'approved' | 'rejected') =>
  changeById(approvals, async (before, { reason }: { reason?: string | undefined }, ctx) => {
    if (before.state !== 'pending') throw approvalClosed(`The approval is ${before.state} already.`);
    const who = await needPlace(before, ctx);
    return answerChanges(before, { outcome, reason, ...who }, ctx);
  });

export const approvalHandlers = handlers(approvalRoutes, {
  putApprovalPolicy: putById(policies, Key, {
    check: async (policy, ctx) => {
      const faults = await unknownStaff(ctx.store, policy);
      if (faults.length) throw invalid(faults);
      await checkCondition(policy.match, 'match', ctx, QuoteFacts);
      for (const [nth, step] of policy.steps.entries())
        await checkCondition(step.if, `steps.${nth}.if`, ctx, QuoteFacts);
      return undefined;
    },
    changes: policy => [policyEvent(policy, false)],
  }),
  listApprovalPolicies: listShared(policies),
  readApprovalPolicy: readById(policies),
  removeApprovalPolicy: removeById(policies, policy => policyEvent(policy, true)),
  findApprovals: async ({ query: { state, approverId, ...paging } }, { store, now, actor, groups }) => {
    const roles = approverId === userOf(actor) ? groups : [];
    const approver = approverId && { id: approverId, roles, standsFor: await givenTo(store, now, approverId) };
    const keep = (one: Approval) =>
      !approver ||
      (one.state === 'pending'
        ? placeOf(one, approver) !== undefined
        : one.answers.some(({ by }) => by === approverId));
    return store.list(approvals, state ? 'state' : 'all', state ?? 'all', { ...paging, keep });
  },
  readApproval: readById(approvals),
  approve: answering('approved'),
  reject: answering('rejected'),
  putDelegation: async (request, ctx) => {
    const { userId = '' } = request.params;
    if (userOf(ctx.actor) !== userId && !ctx.scopes.has('settings.admin'))
      throw notApprover('Who delegates their own approvals needs no further scope; for others it is settings.admin.');
    const { to, from, until } = request.body;
    if (to === userId) throw invalid([{ path: 'to', message: 'is the same person' }]);
    if (from && from > until) throw invalid([{ path: 'until', message: 'is before from' }]);
    if (until < dayOf(ctx.now)) throw invalid([{ path: 'until', message: 'is in the past' }]);
    const put = putById(delegations, UserId, { changes: () => [] });
    return put(request, ctx);
  },
  listDelegations: listShared(delegations),
});
