import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { cases, type Waiting, waitingCases } from './cases/case.ts';
import { assignedCase, decisionOf, readTerms } from './cases/case-changes.ts';
import { subscriptions } from './contract.ts';
import { openingTimer } from './desk/business-calendar.ts';
import { type AnyQueue, type Candidate, readCandidates, readQueues } from './desk/read-desk.ts';
import { type Choice, chooseAgent } from './routing/choose-agent.ts';

type Event = Parameters<Reaction<typeof subscriptions.pullWork>>[0];

/** Whether an agent may have become free, or a case been queued. A pull continues with its own `case.assigned`. */
const isRelevant = (event: Event) =>
  event.type !== 'case.assigned' || event.data.how === 'pulled' || event.data.previousAgentId !== null;

/** the queues that one of these agents can serve, the heaviest first */
const servable = (all: AnyQueue[], ready: Candidate[]) =>
  all
    .filter(({ skills, team }) =>
      ready.some(agent => skills.every(skill => agent.skills.includes(skill)) && (!team || agent.teams.includes(team))),
    )
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));

type Opening = Choice<Candidate>['opening'];
type Match = { waiting: Waiting; agent: Candidate; reasons: string[] };

const soonest = (a: Opening, b: Opening) => (a && b && b.at < a.at ? b : (a ?? b));

/** the most urgent case that an agent is free for; else when the hours of the first suitable agent begin */
const match = async (queues: AnyQueue[], ready: Candidate[], { store, now }: Ctx): Promise<Match | Opening> => {
  let opening: Opening = null;
  for (const queue of queues) {
    // the most urgent first
    const waitingIn = everyRecord(store, waitingCases, ['waiting', queue.id], { limit: 50, upwards: true });
    for await (const waiting of waitingIn) {
      const choice = chooseAgent({ ...waiting, skills: queue.skills, team: queue.team }, ready, now);
      if (choice.agent) return { waiting, agent: choice.agent, reasons: choice.reasons };
      opening = soonest(opening, choice.opening);
    }
  }
  return opening;
};

const assign = async ({ waiting, agent, reasons }: Match, { store, now }: Ctx) => {
  const before = await store.get(cases, { id: waiting.caseId });
  if (before?.status !== 'queued') throw new VersionConflict('no longer waiting');
  const { changes } = assignedCase(now, before, { to: agent, terms: await readTerms(store, before), how: 'pulled' });
  const decision = {
    kind: 'routing',
    outcome: `assigned to ${agent.id}`,
    reasons: [...reasons, `waited in ${before.queue} since ${before.queuedAt}`],
  };
  await store.commit([...changes, ...decisionOf(now, before, decision)]);
};

const pullWork: Reaction<typeof subscriptions.pullWork> = async (event, ctx) => {
  if (!isRelevant(event)) return;
  const { store } = ctx;
  const candidates = await readCandidates(store);
  const ready = candidates.filter(({ status, load, capacity }) => status === 'available' && load < capacity);
  if (!ready.length) return;
  const found = await match(servable(await readQueues(store), ready), ready, ctx);
  if (found && 'agent' in found) return assign(found, ctx);
  const timer = await openingTimer(store, found);
  if (timer.length) await store.commit(timer);
};

export const reaction = consume('pullWork', subscriptions.pullWork, pullWork);
