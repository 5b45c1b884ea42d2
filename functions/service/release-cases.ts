import { profiles } from '../assignment/agent.ts';
import { staff } from '../organisation/staff-member.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { remove, update, updated } from '../shared/store/changes.ts';
import { allPages } from '../shared/store/record-page.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { type Case, type CaseStatus, cases } from './cases/case.ts';
import { heldStatuses, holderOf, readHolder, readTerms, requeuedCase } from './cases/case-changes.ts';
import { subscriptions } from './contract.ts';

const heldBy = (id: string, { store }: Ctx) =>
  allPages(cursor =>
    store.list(cases, 'pile', 'open', { limit: 100, cursor, keep: (one: Case) => holderOf(one) === id }),
  );

/** whether the agent has a case still */
const release = async (caseId: string, agentId: string, statuses: CaseStatus[], { now, store }: Ctx) => {
  const before = await store.get(cases, { id: caseId });
  if (!before || holderOf(before) !== agentId) return false;
  if (!statuses.includes(before.status)) return true;
  const [from, terms] = await Promise.all([readHolder(store, before), readTerms(store, before)]);
  await store.commit(requeuedCase(now, before, { from, terms }).changes);
  return false;
};

/** from now on no case is assigned: a routing that read the profile before fails and reads it again */
const endWork = async (id: string, { now, store }: Ctx) => {
  const before = await store.need(profiles, { id });
  if (before.status !== 'away')
    await store.commit([update(profiles, before, updated(now, before, { status: 'away' }))]);
};

/**
 * Who goes away gives back the cases that are to be worked on; one that waits for its customer follows when the customer
 * answers. Who is no longer a staff member gives back all of them.
 */
const releaseCases: Reaction<typeof subscriptions.releaseCases> = async ({ about: id }, ctx) => {
  const { store } = ctx;
  const [profile, member] = await Promise.all([store.get(profiles, { id }), store.get(staff, { id })]);
  if (!profile || (member && profile.status !== 'away')) return;
  if (!member) await retryOnConflict(() => endWork(id, ctx));
  const statuses: CaseStatus[] = member ? ['assigned'] : heldStatuses;
  let kept = 0;
  for (const one of await heldBy(id, ctx)) if (await retryOnConflict(() => release(one.id, id, statuses, ctx))) kept++;
  const now = await store.need(profiles, { id });
  // the index of cases may be late, the load is not
  if (now.load > kept) throw new VersionConflict('not all of its cases are listed yet');
  if (!member) await store.commit([remove(profiles, now)]);
};

export const reaction = consume('releaseCases', subscriptions.releaseCases, releaseCases, { once: false });
