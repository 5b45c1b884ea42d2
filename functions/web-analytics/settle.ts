import { sessionEnded, sessionStarted, visitDue } from '../../events/session.ts';
import type { Ctx } from '../shared/http/context.ts';
import { add, type Change, type Emitted, emit, insert, remove, schedule, update } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { shardOf } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';
import { type Rules, rulesOf } from '../tracking/recording-rules.ts';
import { type Affected, endOf, isSameSession, type Plan, planSessions } from './plan-sessions.ts';
import {
  type Counted,
  countedOf,
  type Session,
  type StoredSession,
  sessions,
  sourceIn,
  type Visitor,
} from './session.ts';
import { countersOf, partOf, shards } from './source-figures.ts';
import { keepTouches } from './touches.ts';

/** what has begun or ended longer ago is no news */
const newsFor = 'PT1H';

/** one session as it was and as it is */
type Difference = { was?: StoredSession; is?: Session };

const differences = (is: Session[], was: StoredSession[]): Difference[] => {
  const stored = new Map(was.map(one => [one.startedAt + one.id, one]));
  const changed = is.flatMap(session => {
    const before = stored.get(session.startedAt + session.id);
    stored.delete(session.startedAt + session.id);
    if (before && isSameSession(session, before)) return [];
    return [{ is: session, ...(before ? { was: before } : {}) }];
  });
  return [...changed, ...[...stored.values()].map(one => ({ was: one }))];
};

const written = ({ was, is }: Difference, { retention }: Rules): Change => {
  if (!is) return remove(sessions, was!);
  const after = {
    ...is,
    version: (was?.version ?? 0) + 1,
    ...(retention ? { until: plus(is.endedAt, retention) } : {}),
  };
  return was ? update(sessions, was, after) : insert(sessions, after);
};

/** what differences of sessions change in the figures: each counter once */
const counted = (some: Difference[], shard: number): Change[] => {
  const sums = new Map<string, { of: Counted; by: Record<string, number> }>();
  const sum = (session: Session | undefined, sign: number) => {
    for (const one of session ? countedOf(session) : []) {
      const key = `${one.day} ${partOf(one)}`;
      const { by } = sums.get(key) ?? sums.set(key, { of: one, by: {} }).get(key)!;
      for (const [name, n] of Object.entries(one.of)) by[name] = (by[name] ?? 0) + sign * n;
    }
  };
  for (const { was, is } of some) {
    sum(was, -1);
    sum(is, 1);
  }
  return [...sums.values()].flatMap(({ of, by }) => {
    const moved = Object.fromEntries(Object.entries(by).filter(([, n]) => n !== 0));
    return Object.keys(moved).length ? [add(countersOf(of.day, shard), moved, partOf(of))] : [];
  });
};

/** as many differences to a transaction as surely fit */
const together = 12;

const commitAll = async (all: Difference[], shard: number, rules: Rules, { store }: Ctx) => {
  for (let at = 0; at < all.length; ) {
    let size = Math.min(together, all.length - at);
    const changesOf = (n: number) => {
      const some = all.slice(at, at + n);
      return [...some.map(one => written(one, rules)), ...counted(some, shard)];
    };
    while (size > 1 && changesOf(size).length > 90) size = Math.floor(size / 2);
    await store.commit(changesOf(size));
    at += size;
  }
};

/** what is not told yet on a customer's timeline: that sessions have begun, and that some are over */
const announcements = ({ is, told }: Plan, over: ReadonlySet<Session>, { now }: Ctx): Emitted[] => {
  const isTold = new Set(told.map(({ type, about }) => `${type} ${about}`));
  return is.flatMap(session => {
    const { id: about, customerId, startedAt, endedAt, seconds, events, pages, entry, exit, device } = session;
    const tell = (type: typeof sessionStarted | typeof sessionEnded, at: string, data: object) => {
      if (isTold.has(`${type.name} ${about}`)) return [];
      const past = at < plus(now, `-${newsFor}`);
      const id = derivedId('event', type.name, about);
      const event = emit(type, { id, customerId, about, occurredAt: at, data: data as never, quiet: true });
      return [past ? { ...event, past } : event];
    };
    const begun = { startedAt, ...sourceIn(session), entry, device };
    return [
      ...tell(sessionStarted, startedAt, begun),
      ...(over.has(session) ? tell(sessionEnded, endedAt, { ...begun, endedAt, seconds, events, pages, exit }) : []),
    ];
  });
};

/**
 * Makes what is stored of a visitor's sessions what follows from the timeline, with the figures of their sources in the same
 * transactions. The same again changes nothing. `about` names the visitor in timers.
 */
export const settle = async (visitor: Visitor, about: string, affected: Affected, ctx: Ctx): Promise<void> => {
  const { store, now } = ctx;
  const rules = await rulesOf(store);
  const plan = await planSessions(visitor, affected, rules, ctx);
  const isOver = (session: Session) => session !== plan.is.at(-1) || !plan.whole.end || endOf(session, rules) < now;
  const over = new Set(plan.is.filter(isOver));
  const open = plan.is.find(session => !over.has(session));
  const { customerId } = visitor;
  const due = (at: string, from: string | null, to: string | null) => {
    const id = derivedId('timer', about, 'visit', at, from ?? '');
    return schedule(at, visitDue, { id, customerId, about, data: { from, to } });
  };
  await store.append([
    ...(customerId ? announcements(plan, over, ctx) : []),
    ...(open ? [due(plus(endOf(open, rules), 'PT1S'), open.startedAt, null)] : []),
    ...(plan.next ? [due(now, plan.next, affected.to)] : []),
  ]);
  const changed = differences([...over], plan.was);
  await commitAll(changed, shardOf(about, shards), rules, ctx);
  if (customerId) await keepTouches(customerId, plan, ctx);
};
