import { casePriorities, caseQueued, caseReopened, caseResumed } from '../../../events/case.ts';
import { newId } from '../../../events/ids.ts';
import { type Change, emit, eventOf, updated } from '../../shared/store/changes.ts';
import type { Calendar } from '../../shared/time/calendar.ts';
import { general } from '../desk/queue.ts';
import { resumed } from '../routing/sla.ts';
import type { Case, Sla } from './case.ts';
import { holderOf, openStatuses } from './case-changes.ts';

/** a case with the hours in which its time counts, and whether its agent is there */
type Timed = { one: Case; hours: Calendar | null; present: boolean };

type Due = 'firstResponseDueAt' | 'nextResponseDueAt' | 'resolutionDueAt';

/** the clocks that are due first */
const earliest = (all: Sla[], due: Due) =>
  all.filter(sla => sla[due] !== null).sort((a, b) => (a[due]! < b[due]! ? -1 : 1))[0];

/** One first response, to what is not answered, and one resolution: each by the earlier time that was promised. */
const joinedSla = (into: Sla, from: Sla): Sla => {
  const unanswered = [into, from].filter(({ firstRespondedAt }) => !firstRespondedAt);
  const first = earliest(unanswered.length ? unanswered : [into], 'firstResponseDueAt');
  const last = earliest([into, from], 'resolutionDueAt') ?? into;
  const next = earliest([into, from], 'nextResponseDueAt');
  const { pausedSeconds, workingSeconds } = into;
  return {
    ...last,
    ...{ pausedSeconds, workingSeconds },
    nextResponseDueAt: next?.nextResponseDueAt ?? null,
    firstResponseDueAt: first?.firstResponseDueAt ?? null,
    firstRespondedAt: unanswered.length ? null : into.firstRespondedAt,
    breached: [
      ...(first?.breached.includes('firstResponse') ? (['firstResponse'] as const) : []),
      ...(next?.breached.includes('nextResponse') ? (['nextResponse'] as const) : []),
      ...(last.breached.includes('resolution') ? (['resolution'] as const) : []),
    ],
  };
};

const rank = ({ priority }: Case) => casePriorities.indexOf(priority ?? 'low');

const placeOf = ({ status, queue, agentId, queuedAt, knownBy, sla }: Case) => ({
  status: status === 'new' ? ('reopened' as const) : status,
  ...{ queue, agentId, queuedAt, knownBy, sla },
});

/**
 * What becomes of a case that another one is merged into. Of two open ones it is the one to work on; a resolved one takes the
 * place of the open one, with its agent and its clocks.
 */
const absorbing = (now: string, into: Timed, from: Timed): Partial<Case> => {
  if (!openStatuses.includes(from.one.status)) return {};
  const priority = rank(from.one) > rank(into.one) ? from.one.priority : into.one.priority;
  if (!openStatuses.includes(into.one.status)) {
    const { pausedSeconds } = resumed({ ...into.one.sla, pausedAt: into.one.resolvedAt }, into.hours, now);
    const place = placeOf(from.one);
    return { priority, ...place, sla: { ...place.sla, pausedSeconds }, resolvedAt: null, watchedSince: now };
  }
  if (into.one.status === 'waiting' && from.one.status === 'waiting') {
    return { priority, sla: joinedSla(into.one.sla, from.one.sla) };
  }
  const clocksOf = ({ one, hours }: Timed) => resumed(one.sla, hours, now);
  const place = !holderOf(into.one)
    ? {}
    : into.present
      ? ({ status: 'assigned' } as const)
      : ({ status: 'queued', agentId: null, queuedAt: now } as const);
  return { priority, sla: joinedSla(clocksOf(into), clocksOf(from)), watchedSince: now, ...place };
};

const isOpen = ({ status }: Case) => openStatuses.includes(status);

/** that case, and the events that have it routed and watched */
export const absorbed = (now: string, into: Timed, from: Timed): { target: Case; events: Change[] } => {
  const target = updated(now, into.one, absorbing(now, into, from));
  const { id: about, number, customerId, status, queue, sla } = target;
  if (isOpen(target) && !isOpen(into.one)) {
    const id = newId('event', now);
    const { agentId, channel, productId, createdAt } = target;
    const data = { number, by: 'agent' as const, agentId, queue, channel, productId, createdAt };
    const reopened = emit(caseReopened, { id, about, customerId, data });
    // unless it is to be routed, the class and the times of the open case stay
    return { target: status === 'reopened' ? target : { ...target, classifiedFor: id }, events: [reopened] };
  }
  if (target.watchedSince !== now) return { target, events: [] };
  const goesOn = eventOf(caseResumed, target, { resolutionDueAt: sla.resolutionDueAt });
  if (status !== 'queued' || into.one.status === 'queued') return { target, events: [goesOn] };
  const data = { queue: queue ?? general.id, previousAgentId: holderOf(into.one) };
  return { target, events: [goesOn, eventOf(caseQueued, target, data)] };
};
