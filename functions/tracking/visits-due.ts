import { visitDue } from '../../events/session.ts';
import type { TrackedIdentity } from '../../events/tracked.ts';
import { visitorDigest } from '../shared/events/anonymous-partition.ts';
import { isObject } from '../shared/json.ts';
import { type Change, type Emitted, put, schedule } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { durationMs, toIso, toMs } from '../shared/time/duration.ts';
import type { SessionRules } from './recording-rules.ts';
import { visitors } from './visitor.ts';

/** what a visitor’s own page or app says of itself; a server that reports an event says none of it */
const ofDevice = ['page', 'screen', 'app', 'device', 'userAgent'];

/** Whether an event is a part of a visit: of a page, a screen, or done in one. */
export const isVisit = (type: string, data: unknown): boolean => {
  const context = isObject(data) && isObject(data.context) ? data.context : {};
  if (context.bot === true) return false;
  if (type === 'tracked.page' || type === 'tracked.screen') return true;
  return type === 'tracked.track' && ofDevice.some(name => context[name] !== undefined);
};

/** until when a timer of a visitor is pending, as far as this function knows */
const pending = new Map<string, number>();
const mostPending = 50_000;

const minuteMs = 60_000;

type Visiting = { customerId: string | null; identity: TrackedIdentity; from: string; to: string };

/** The timer that divides behaviour into sessions: of a customer at once, of anybody else when the session can be over. */
const timerOf = ({ customerId, identity, from, to }: Visiting, { inactivity }: SessionRules, now: string) => {
  const [at, lasts] = [toMs(now), durationMs(inactivity)];
  const digest = visitorDigest(identity);
  const visitor = customerId ?? digest;
  const isLate = toMs(from) < at - lasts;
  const bucket = Math.floor(at / (isLate ? minuteMs : lasts));
  const known = `${visitor} ${isLate}`;
  // a late event needs a timer after all of its minute
  if (!isLate && (pending.get(known) ?? 0) > at) return [];
  if (pending.size > mostPending) pending.clear();
  if (!isLate) pending.set(known, (bucket + 1) * lasts);
  const due = isLate ? toIso((bucket + 1) * minuteMs) : customerId ? now : toIso(at + 2 * lasts);
  const hour = isLate ? from.slice(0, 'YYYY-MM-DDTHH'.length) : '';
  const id = derivedId('timer', visitor, hour, String(bucket));
  const data = isLate ? { from, to } : { from, to: null };
  return [schedule(due, visitDue, { id, customerId, about: visitor, data })];
};

const pointer = (identity: TrackedIdentity, now: string) =>
  put(visitors, { id: visitorDigest(identity), identity, at: now });

/** The timers of the visits that some events are parts of: one a visitor, and none while one is pending. */
export const visitsDue = (
  stored: { event: Emitted; identity: TrackedIdentity }[],
  rules: SessionRules,
  now: string,
): (Emitted | ReturnType<typeof pointer>)[] => {
  const visits = stored.filter(({ event: { event, data } }) => isVisit(event.name, data));
  const byVisitor = Map.groupBy(visits, ({ event: { customerId, about } }) => customerId ?? about);
  return [...byVisitor.values()].flatMap(some => {
    const times = some.map(({ event }) => event.occurredAt ?? now).sort();
    const { event, identity } = some[0]!;
    const { customerId } = event;
    const visiting = { customerId, identity, from: times[0]!, to: times.at(-1)! };
    const timers = timerOf(visiting, rules, now);
    return timers.length && !customerId ? [pointer(identity, now), ...timers] : timers;
  });
};

/** The same for a visitor whose behaviour was moved to its customer. */
export const movedVisits = (identity: TrackedIdentity, now: string): Change[] => {
  const about = visitorDigest(identity);
  const all = { from: null, to: null };
  return [pointer(identity, now), schedule(now, visitDue, { customerId: null, about, data: all })];
};
