import { caseDue } from '../../events/case.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { schedule } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { type Case, cases } from './cases/case.ts';
import { openStatuses } from './cases/case-changes.ts';
import { type CaseStep, inOneCommit, replied } from './cases/case-parts.ts';
import { legalClockRang, overflowed, woken } from './cases/case-timers.ts';
import { subscriptions } from './contract.ts';
import { queues } from './desk/queue.ts';

type Due = { what: string; of: string };

/** which wait of a case in a queue it is */
const waitOf = ({ queue, queuedAt }: Case) => `${queue} ${queuedAt}`;

const overflowOf = async ({ queue }: Case, store: Store) => (await store.get(queues, { id: queue ?? '' }))?.overflow;

/** a reply that was scheduled goes out, in the name of who wrote it */
const replyDue = ({ scheduledReplies, status }: Case, id: string): CaseStep[] => {
  const reply = scheduledReplies.find(one => one.id === id);
  if (!reply) return [];
  const taken: CaseStep = () => ({ fields: { scheduledReplies: scheduledReplies.filter(one => one !== reply) } });
  return status === 'closed' ? [taken] : [taken, replied(reply.body, reply.by)];
};

/** what is due, by the case as it is now */
const stepsFor = async (one: Case, { what, of }: Due, store: Store): Promise<CaseStep[]> => {
  const isOpen = openStatuses.includes(one.status);
  if (what === 'wake') return one.status === 'waiting' && one.snoozedUntil === of ? [woken] : [];
  if (what === 'reply') return replyDue(one, of);
  if (what === 'overflow') {
    const overflow = one.status === 'queued' && waitOf(one) === of ? await overflowOf(one, store) : undefined;
    return overflow ? [overflowed(overflow.to)] : [];
  }
  return isOpen && one.legalDueAt === of && !one.legalMissed ? [legalClockRang(what === 'legal')] : [];
};

/** What a case waited for is due; one that was queued is watched, so that it does not wait too long there. */
const wakeCase: Reaction<typeof subscriptions.wakeCase> = async (event, ctx) => {
  const { store } = ctx;
  const before = await store.get(cases, { id: event.about });
  if (!before) return;
  if (event.type === 'case.due') {
    const steps = await stepsFor(before, event.data, store);
    if (steps.length) await store.commit((await inOneCommit(before, steps, ctx)).changes);
    return;
  }
  const overflow = before.status === 'queued' ? await overflowOf(before, store) : undefined;
  if (!overflow || !before.queuedAt) return;
  const at = plus(before.queuedAt, overflow.after);
  await store.commit([schedule(at, caseDue, { about: before.id, data: { what: 'overflow', of: waitOf(before) } })]);
};

export const reaction = consume('wakeCase', subscriptions.wakeCase, wakeCase);
