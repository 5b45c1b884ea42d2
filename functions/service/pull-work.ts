import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { cases, type Waiting, waitingCases } from './cases/case.ts';
import { giveCase } from './cases/give-case.ts';
import { subscriptions } from './contract.ts';
import { type AnyQueue, type Candidate, readCandidates, readQueues } from './desk/desk.ts';
import { needsOf, routed } from './routing/assign-step.ts';
import { type Choice, chooseAgent } from './routing/choose-agent.ts';
import { openingTimer } from './routing/opening-timer.ts';

type Heard = Parameters<Reaction<typeof subscriptions.pullWork>>[0];

/** Whether an agent may have become free, or a case begun to wait. A pull that gave a case asks by its own event for the next. */
const mayMatter = (event: Heard) =>
  event.type !== 'case.assigned' || event.data.how === 'pulled' || event.data.previousAgentId !== null;

/** read at a time */
const most = 50;

/** the waiting cases of a queue, the most pressing first */
async function* waitingIn(store: Store, queue: string): AsyncGenerator<Waiting> {
  let after: string | undefined;
  do {
    const part = { limit: most, upwards: true, ...(after ? { after } : {}) };
    const { items, last } = await store.partition(['waiting', queue], part);
    for (const item of items) yield revive(waitingCases, item);
    after = last;
  } while (after);
}

/** the queues that somebody of these could serve, the heaviest first */
const servable = (all: AnyQueue[], ready: Candidate[]) =>
  all
    .filter(({ skills }) => ready.some(agent => skills.every(skill => agent.skills.includes(skill))))
    .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));

type Found = { waiting: Waiting; choice: Choice<Candidate> & { agent: Candidate } };

const soonest = (a: Choice<Candidate>['opening'], b: Choice<Candidate>['opening']) =>
  a && b && b.at < a.at ? b : (a ?? b);

/** the most pressing case that somebody is free for; else when the first agent comes on duty who is waited for */
const match = async (queues: AnyQueue[], ready: Candidate[], { store, now }: Ctx) => {
  let opening: Choice<Candidate>['opening'] = null;
  for (const queue of queues) {
    for await (const waiting of waitingIn(store, queue.id)) {
      const choice = chooseAgent(needsOf(waiting, queue), ready, now);
      if (choice.agent) return { found: { waiting, choice } as Found, opening: null };
      opening = soonest(opening, choice.opening);
    }
  }
  return { found: null, opening };
};

const give = async ({ waiting, choice: { agent, reasons } }: Found, { store, now }: Ctx) => {
  const before = await store.get(cases, { id: waiting.caseId });
  if (before?.status !== 'queued') throw new VersionConflict('no longer waiting');
  const { changes } = giveCase(now, before, { to: agent, how: 'pulled' });
  const waited = `waited in ${before.queue} since ${before.queuedAt}`;
  await store.commit([...changes, ...routed(now, before, `assigned to ${agent.id}`, [...reasons, waited])]);
};

export const pullWork: Reaction<typeof subscriptions.pullWork> = async (event, ctx) => {
  if (!mayMatter(event)) return;
  const { store } = ctx;
  const candidates = await readCandidates(store);
  const ready = candidates.filter(({ status, load, capacity }) => status === 'available' && load < capacity);
  if (!ready.length) return;
  const { found, opening } = await match(servable(await readQueues(store), ready), ready, ctx);
  if (found) return give(found, ctx);
  const timer = await openingTimer(store, opening);
  if (timer.length) await store.commit(timer);
};

export const handler = consume('pullWork', subscriptions.pullWork, pullWork);
