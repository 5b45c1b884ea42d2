import { caseQueued } from '../../../events/case.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import { decided } from '../../shared/store/decision.ts';
import type { Case } from '../cases/case.ts';
import { changeCase } from '../cases/change-case.ts';
import { giveCase } from '../cases/give-case.ts';
import { type AnyQueue, type Candidate, readCandidates, readQueues } from '../desk/desk.ts';
import { general } from '../desk/queue.ts';
import { type Choice, chooseAgent } from './choose-agent.ts';
import { openingTimer } from './opening-timer.ts';
import type { Step } from './step.ts';

/** what a case in a queue asks of an agent */
export const needsOf = (
  { language, knownBy }: Pick<Case, 'language' | 'knownBy'>,
  { skills }: Pick<AnyQueue, 'skills'>,
) => ({
  skills,
  language,
  knownBy,
});

/** a routing decision as the customer's decision log keeps it */
export const routed = (now: string, { id, customerId }: Case, outcome: string, reasons: string[]): Change[] =>
  customerId ? [decided(now, { customerId, kind: 'routing', outcome, reasons, cause: id })] : [];

const queueing = async (before: Case, choice: Choice<Candidate>, { now, store }: Ctx): Promise<Change[]> => {
  const { id, number, customerId } = before;
  const queue = before.queue ?? general.id;
  const { changes } = changeCase(now, before, { status: 'queued', queue, queuedAt: now });
  const data = { number, queue, previousAgentId: null };
  return [
    ...changes,
    emit(caseQueued, { customerId, about: id, data }),
    ...routed(now, before, `queued in ${queue}`, choice.reasons),
    ...(await openingTimer(store, choice.opening)),
  ];
};

export const assignStep: Step = async (_, before, ctx) => {
  if (before.status !== 'new' && before.status !== 'reopened') return;
  const { now, store } = ctx;
  const [candidates, all] = await Promise.all([readCandidates(store), readQueues(store)]);
  const queue = all.find(({ id }) => id === before.queue) ?? general;
  const choice = chooseAgent(needsOf(before, queue), candidates, now);
  if (!choice.agent) {
    await store.commit(await queueing(before, choice, ctx));
    return;
  }
  const { changes } = giveCase(now, before, { to: choice.agent, how: 'routed' });
  await store.commit([...changes, ...routed(now, before, `assigned to ${choice.agent.id}`, choice.reasons)]);
};
