import { firstMatch, isReady, type Match } from '../assignment/assign.ts';
import { openingTimer } from '../assignment/business-calendar.ts';
import { type CandidateAgent, readCandidates } from '../assignment/candidates.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { cases, type Waiting, waitingCases } from './cases/case.ts';
import { assignedCase, decisionOf, readTerms } from './cases/case-changes.ts';
import { subscriptions } from './contract.ts';
import { ruleOf } from './desk/queue.ts';
import { type AnyQueue, readQueues } from './desk/read-desk.ts';

type Event = Parameters<Reaction<typeof subscriptions.pullWork>>[0];

/** Whether an agent may have become free, or a case been queued. A pull continues with its own `case.assigned`. */
const isRelevant = (event: Event) =>
  event.type !== 'case.assigned' || event.data.how === 'pulled' || event.data.previousAgentId !== null;

const byWeight = (a: AnyQueue, b: AnyQueue) => b.weight - a.weight || (a.id < b.id ? -1 : 1);

const assigned = async ({ work, assignment }: Match<Waiting, CandidateAgent>, { store, now }: Ctx) => {
  const before = await store.get(cases, { id: work.caseId });
  if (before?.status !== 'queued') throw new VersionConflict('no longer waiting');
  const { who, why, whyNot } = assignment;
  const { changes } = assignedCase(now, before, { to: who, terms: await readTerms(store, before), how: 'pulled' });
  const reasons = [...why, `waited in ${before.queue} since ${before.queuedAt}`];
  const decision = { kind: 'routing', outcome: `assigned to ${who.id}`, reasons, whyNot };
  return [...changes, ...decisionOf(now, before, decision)];
};

/** the heaviest queue first, in each the most urgent case first */
const pullWork: Reaction<typeof subscriptions.pullWork> = async (event, ctx) => {
  if (!isRelevant(event)) return;
  const { store, now } = ctx;
  const ready = (await readCandidates(store)).filter(isReady);
  if (!ready.length) return;
  const lists = (await readQueues(store)).toSorted(byWeight).map(queue => ({
    rule: ruleOf(queue),
    waiting: everyRecord(store, waitingCases, ['waiting', queue.id], { limit: 50, upwards: true }),
  }));
  const found = await firstMatch(lists, ready, now);
  const changes = found.work ? await assigned(found, ctx) : await openingTimer(store, found.opening);
  if (changes.length) await store.commit(changes);
};

export const reaction = consume('pullWork', subscriptions.pullWork, pullWork);
