import { caseDue, caseLegalClock, caseSnoozed } from '../../../events/case.ts';
import { newId } from '../../../events/ids.ts';
import { agentsOf } from '../../assignment/candidates.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { eventOf, schedule } from '../../shared/store/changes.ts';
import { plus } from '../../shared/time/duration.ts';
import { caseNotOpen } from '../errors.ts';
import { openStatuses, queueing, readHolder, refuseUnless } from './case-changes.ts';
import { type CaseStep, raised } from './case-parts.ts';

const mostScheduled = 20;
const furthest = 'P1Y';

const mustBeAhead = (path: string, at: string, now: string) => {
  if (at <= now) throw invalid([{ path, message: 'must be in the future' }]);
  if (at > plus(now, furthest)) throw invalid([{ path, message: 'is more than a year ahead' }]);
};

/** A reply is sent later, unless it is taken back or the case is closed by then. */
export const replyScheduled =
  (body: string, at: string): CaseStep =>
  (current, { now, actor: by }) => {
    refuseUnless([...openStatuses, 'resolved'], caseNotOpen, current);
    mustBeAhead('at', at, now);
    const { scheduledReplies } = current;
    if (scheduledReplies.length >= mostScheduled) {
      throw invalid([{ path: 'at', message: `the case has ${mostScheduled} scheduled replies, which is the limit` }]);
    }
    const id = newId('caseMessage', now);
    return {
      fields: { scheduledReplies: [...scheduledReplies, { id, at, body, by }] },
      also: after => [schedule(at, caseDue, { about: after.id, data: { what: 'reply', of: id } })],
    };
  };

/** A case is put off: nobody has to look at it until then, or until its customer writes. */
export const snoozed =
  (until: string): CaseStep =>
  async (current, { now, store }) => {
    refuseUnless(openStatuses, caseNotOpen, current);
    mustBeAhead('until', until, now);
    return {
      fields: { status: 'waiting', snoozedUntil: until, queuedAt: null },
      involved: await readHolder(store, current),
      also: after => [
        eventOf(caseSnoozed, after, { until }),
        schedule(until, caseDue, { about: after.id, data: { what: 'wake', of: until } }),
      ],
    };
  };

/** It goes on with its agent, or in its queue where that one is away. */
export const woken: CaseStep = async (current, { now, store }) => {
  const involved = await readHolder(store, current);
  const [agent] = await agentsOf(store, involved);
  if (agent && agent.status !== 'away') return { fields: { status: 'assigned', snoozedUntil: null }, involved };
  const { fields, event } = queueing(now, current);
  return { fields, involved, also: after => [event(after)] };
};

export const overflowed =
  (to: string): CaseStep =>
  (current, { now }) => {
    const { fields, event } = queueing(now, current, to);
    return { fields, also: after => [event(after)] };
  };

/** the legal clock of a complaint comes near its end, or has run out: then it is as urgent as can be */
export const legalClockRang =
  (missed: boolean): CaseStep =>
  async (current, ctx) => {
    const data = { missed, dueAt: current.legalDueAt ?? ctx.now };
    const rang: CaseStep = () => ({ also: after => [eventOf(caseLegalClock, after, data)] });
    if (!missed) return rang(current, ctx);
    const { fields, also } = await raised({ ...current, priority: 'high' }, ctx);
    return {
      fields: { ...fields, legalMissed: true },
      also: after => [...(also?.(after) ?? []), eventOf(caseLegalClock, after, data)],
    };
  };
