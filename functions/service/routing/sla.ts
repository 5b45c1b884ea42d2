import { addBusinessTime, businessTimeBetween } from '../../shared/time/business-time.ts';
import type { Calendar } from '../../shared/time/calendar.ts';
import { plus, toIso, toMs } from '../../shared/time/duration.ts';
import type { Case, Sla } from '../cases/case.ts';
import type { SlaPolicy } from '../desk/sla-policy.ts';

export type Clock = Sla['breached'][number];

const after = (hours: Calendar | null, from: string, time: string) =>
  hours ? addBusinessTime(hours, from, time) : plus(from, time);

/** The due times of a policy from an instant. A first response that was given stays given. */
export const dueTimes = (sla: Sla, policy: SlaPolicy | undefined, hours: Calendar | null, from: string): Sla => ({
  ...sla,
  policyId: policy?.id ?? null,
  calendarId: policy?.calendarId ?? null,
  firstResponseDueAt: sla.firstRespondedAt
    ? sla.firstResponseDueAt
    : policy?.firstResponse
      ? after(hours, from, policy.firstResponse)
      : null,
  resolutionDueAt: policy?.resolution ? after(hours, from, policy.resolution) : null,
});

/** The case waits for the customer: the resolution clock is paused. */
export const paused = (sla: Sla, now: string): Sla => ({ ...sla, pausedAt: sla.pausedAt ?? now });

/** The resolution clock goes on with the time that was left when it was paused. A missed due time stays missed. */
export const resumed = (sla: Sla, hours: Calendar | null, now: string): Sla => {
  const { pausedAt, resolutionDueAt } = sla;
  if (!pausedAt || !resolutionDueAt || resolutionDueAt <= pausedAt) return { ...sla, pausedAt: null };
  const left = hours ? businessTimeBetween(hours, pausedAt, resolutionDueAt) : toMs(resolutionDueAt) - toMs(pausedAt);
  return {
    ...sla,
    pausedAt: null,
    resolutionDueAt: hours ? addBusinessTime(hours, now, left) : toIso(toMs(now) + left),
  };
};

/** the clocks with a due time that is neither met nor recorded as missed */
const running = ({ firstResponseDueAt, firstRespondedAt, resolutionDueAt, pausedAt, breached }: Sla) => {
  const clocks: { clock: Clock; dueAt: string }[] = [];
  if (firstResponseDueAt && !firstRespondedAt) clocks.push({ clock: 'firstResponse', dueAt: firstResponseDueAt });
  if (resolutionDueAt && !pausedAt) clocks.push({ clock: 'resolution', dueAt: resolutionDueAt });
  return clocks.filter(({ clock }) => !breached.includes(clock)).sort((a, b) => toMs(a.dueAt) - toMs(b.dueAt));
};

/** a resolved case without an objection is closed after this time */
export const objectionTime = 'P7D';

/** What is next for a case, and when: a due time, or its closing. Null: nothing happens by itself. */
export const nextDue = ({
  status,
  sla,
  resolvedAt,
}: Pick<Case, 'status' | 'sla' | 'resolvedAt'>): { what: Clock | 'close'; dueAt: string } | null => {
  if (status === 'closed') return null;
  if (status === 'resolved') return resolvedAt ? { what: 'close', dueAt: plus(resolvedAt, objectionTime) } : null;
  const [first] = running(sla);
  return first ? { what: first.clock, dueAt: first.dueAt } : null;
};
