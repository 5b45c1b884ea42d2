import { addBusinessTime, businessTimeBetween } from '../../shared/time/business-time.ts';
import type { Calendar } from '../../shared/time/calendar.ts';
import { negated, plus, toIso, toMs } from '../../shared/time/duration.ts';
import type { Case, Sla } from '../cases/case.ts';
import type { SlaPolicy } from '../desk/sla-policy.ts';

export type Clock = Sla['breached'][number];

/** what was promised about a case: its policy, and the hours in which its time counts */
export type Terms = { policy: SlaPolicy | undefined; hours: Calendar | null };

const after = (hours: Calendar | null, from: string, time: string) =>
  hours ? addBusinessTime(hours, from, time) : plus(from, time);

const between = (hours: Calendar | null, a: string, b: string) =>
  hours ? businessTimeBetween(hours, a, b) : toMs(b) - toMs(a);

const secondsBetween = (...of: Parameters<typeof between>) => Math.round(between(...of) / 1000);

/** The due times of a policy from an instant. A first response that was given stays given, a resolution under way goes on. */
export const dueTimes = (sla: Sla, policy: SlaPolicy | undefined, hours: Calendar | null, from: string): Sla => ({
  ...sla,
  policyId: policy?.id ?? null,
  calendarId: policy?.calendarId ?? null,
  firstResponseDueAt: sla.firstRespondedAt
    ? sla.firstResponseDueAt
    : policy?.firstResponse
      ? after(hours, from, policy.firstResponse)
      : null,
  resolutionDueAt: !policy?.resolution
    ? null
    : sla.resolutionDueAt && sla.policyId === policy.id
      ? sla.resolutionDueAt
      : after(hours, from, policy.resolution),
});

/** The customer wrote: the clock of the next response starts, unless it runs. */
export const asked = (sla: Sla, { policy, hours }: Terms, now: string): Sla => ({
  ...sla,
  nextResponseDueAt: sla.nextResponseDueAt ?? (policy?.nextResponse ? after(hours, now, policy.nextResponse) : null),
});

export const answered = (sla: Sla, now: string): Sla => ({
  ...sla,
  firstRespondedAt: sla.firstRespondedAt ?? now,
  nextResponseDueAt: null,
});

/** The resolution clock is paused. */
export const paused = (sla: Sla, now: string): Sla => ({ ...sla, pausedAt: sla.pausedAt ?? now });

/** The resolution clock goes on with the time that was left when it was paused. A missed due time stays missed. */
export const resumed = (sla: Sla, hours: Calendar | null, now: string): Sla => {
  const { pausedAt, resolutionDueAt } = sla;
  if (!pausedAt) return sla;
  const running = { ...sla, pausedAt: null, pausedSeconds: sla.pausedSeconds + secondsBetween(hours, pausedAt, now) };
  if (!resolutionDueAt || resolutionDueAt <= pausedAt) return running;
  const left = between(hours, pausedAt, resolutionDueAt);
  return { ...running, resolutionDueAt: hours ? addBusinessTime(hours, now, left) : toIso(toMs(now) + left) };
};

const isOver = ({ status }: Pick<Case, 'status'>) => status === 'resolved' || status === 'closed';

type Timed = Pick<Case, 'status' | 'sla' | 'resolvedAt' | 'createdAt'>;

/** what the clocks of a case become as it changes its state */
export const retimed = (now: string, before: Timed, after: Timed, { policy, hours }: Terms): Sla => {
  const pauses = !isOver(after) && (policy?.pauseIn ?? ['waiting']).some(status => status === after.status);
  const since = isOver(before) && !isOver(after) ? before.resolvedAt : after.sla.pausedAt;
  const sla = pauses && !isOver(before) ? after.sla : resumed({ ...after.sla, pausedAt: since }, hours, now);
  const kept = isOver(after) ? { ...sla, nextResponseDueAt: null } : pauses ? paused(sla, now) : sla;
  return { ...kept, workingSeconds: secondsOf({ ...after, sla: kept }, hours, now).workingSeconds };
};

/** how long a case was worked on and paused, until now or until it was resolved */
export const secondsOf = ({ createdAt, resolvedAt, sla }: Timed, hours: Calendar | null, now: string) => {
  const end = resolvedAt ?? now;
  const pausedSeconds = sla.pausedSeconds + (sla.pausedAt ? secondsBetween(hours, sla.pausedAt, end) : 0);
  return { pausedSeconds, workingSeconds: Math.max(0, secondsBetween(hours, createdAt, end) - pausedSeconds) };
};

type Due = { clock: Clock; dueAt: string; warnAt: string | null };

/** the clocks with a due time that is neither met nor recorded as missed */
const running = (sla: Sla, { policy, hours }: Terms): Due[] => {
  const due = {
    firstResponse: sla.firstRespondedAt ? null : sla.firstResponseDueAt,
    nextResponse: sla.nextResponseDueAt,
    resolution: sla.pausedAt ? null : sla.resolutionDueAt,
  };
  return clocks.flatMap(clock => {
    const dueAt = due[clock];
    if (!dueAt || sla.breached.includes(clock)) return [];
    const isToWarn = policy?.warnBefore && !sla.warned.includes(clock);
    return [{ clock, dueAt, warnAt: isToWarn ? after(hours, dueAt, negated(policy.warnBefore!)) : null }];
  });
};

const clocks: Clock[] = ['firstResponse', 'nextResponse', 'resolution'];

/** a resolved case without an objection is closed after this time */
export const objectionTime = 'P7D';

export type Next = { what: Clock | 'close'; dueAt: string; warns?: string };

/** What is next for a case, and when: a warning of a due time, that time, or its closing. Null: nothing happens by itself. */
export const nextDue = (
  { status, sla, resolvedAt }: Pick<Case, 'status' | 'sla' | 'resolvedAt'>,
  terms: Terms = { policy: undefined, hours: null },
): Next | null => {
  if (status === 'closed') return null;
  if (status === 'resolved') return resolvedAt ? { what: 'close', dueAt: plus(resolvedAt, objectionTime) } : null;
  const instants = running(sla, terms).flatMap(({ clock, dueAt, warnAt }): Next[] => [
    ...(warnAt ? [{ what: clock, dueAt: warnAt, warns: dueAt }] : []),
    { what: clock, dueAt },
  ]);
  return instants.sort((a, b) => toMs(a.dueAt) - toMs(b.dueAt))[0] ?? null;
};

/** the clocks of a case at an instant: how long it was worked on and paused, and what is next */
export const clocksOf = (one: Timed, terms: Terms, now: string) => ({
  ...secondsOf(one, terms.hours, now),
  next: nextDue(one, terms),
});
