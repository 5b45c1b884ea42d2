import { isDeepStrictEqual } from 'node:util';
import { orders } from '../sales/orders/order.ts';
import { type Item, revive } from '../shared/store/entity.ts';
import { ofTypes } from '../shared/store/filters.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { durationMs, minus, plus, toIso, toMs } from '../shared/time/duration.ts';
import type { Rules } from '../tracking/recording-rules.ts';
import {
  partitionOf,
  type Session,
  type StoredSession,
  sessionPart,
  sessionParts,
  sessions,
  type Visitor,
} from './session.ts';
import { type Happened, knownAfter, sessionise, typesRead } from './sessionise.ts';

const pageSize = 500;
const mostPages = 20;
/** events are sorted by the clock of their device, up to this far from their time */
const unsorted = 'PT10M';
/** a session lasts a day at most */
const longestSession = 'P1D';
const unknownFor = 'P179D';

/** behaviour since `from`, null for all of it; after `to` what is known already is right */
export type Affected = { from: string | null; to: string | null };

export type Plan = {
  is: Session[];
  /** the stored ones of the same time */
  was: StoredSession[];
  /** whether `is` begins with the first session of all, and ends with the last */
  whole: { start: boolean; end: boolean };
  /** events about the sessions that are on the timeline */
  told: Happened[];
  /** where to go on: there is more than is read at once */
  next: string | null;
};

const eventOf = ({ type, doc }: Item): Happened => ({ type: type as string, ...(doc as Omit<Happened, 'type'>) });

/** what the completed orders among some events come to by now; those that were cancelled do not count */
const ordersIn = async (store: Store, events: Happened[]) => {
  const ids = events.filter(({ type }) => type === 'order.completed').map(({ about }) => about);
  const found = ids.length ? await store.getByIds(orders, [...new Set(ids)]) : [];
  const counting = found.filter(({ status }) => status !== 'cancelled');
  return new Map(counting.map(order => [order.id as string, { amount: paidOf(order) }]));
};

const paidOf = ({ total, refunded }: { total: Amount; refunded?: Amount | undefined }) => ({
  ...total,
  amount: Math.max(0, total.amount - (refunded?.amount ?? 0)),
});
type Amount = { amount: number; currency: string };

const bare = ({ version: _, until: __, ...session }: StoredSession): Session => session;

export const isSameSession = (a: Session, b: StoredSession) => isDeepStrictEqual(a, bare(b));

/** since when the timeline has everything: older events may have been deleted, and what followed from them stays */
const wholeSince = ({ customerId }: Visitor, { retention }: Rules, now: string) => {
  const bounds = [
    ...(retention ? [plus(minus(now, retention), 'P1D')] : []),
    ...(customerId ? [] : [minus(now, unknownFor)]),
  ];
  return bounds.sort().at(-1) ?? '';
};

const latestBefore = async (store: Store, visitor: Visitor, at: string) => {
  const within = { from: sessionParts.from, to: sessionPart(at, '~') };
  const { items } = await store.partition(partitionOf(visitor), { limit: 2, within });
  return items.map(item => revive(sessions, item));
};

/** whether a customer had a session in the month before: it is open, or stored */
export const hasSessions = async (store: Store, visitor: Visitor, at: string): Promise<boolean> =>
  (await latestBefore(store, visitor, at)).length > 0;

const storedIn = async (store: Store, visitor: Visitor, from: string, to: string | undefined) => {
  const within = { from: sessionPart(from), to: to === undefined ? sessionParts.to : sessionPart(to) };
  return Array.fromAsync(everyRecord(store, sessions, partitionOf(visitor), { within, upwards: true }));
};

type Reading = { store: Store; now: string };

/** What the sessions of a visitor are by the timeline, from the one before what is affected on, and what is stored of them. */
export const planSessions = async (
  visitor: Visitor,
  { from, to }: Affected,
  rules: Rules,
  { store, now }: Reading,
): Promise<Plan> => {
  const since = wholeSince(visitor, rules, now);
  const [last, before] = from === null ? [] : await latestBefore(store, visitor, from);
  const bounds = [last?.startedAt ?? (from === null ? '' : minus(from, longestSession)), since];
  const start = bounds.sort().at(-1) as string;
  const known = before ? knownAfter(before) : {};
  const within = { from: `@${start ? minus(start, unsorted) : ''}`, to: '@:' };
  const events: Happened[] = [];
  let after: string | undefined;
  for (let page = 1; ; page++) {
    const part = { limit: pageSize, upwards: true, within, filter: ofTypes(typesRead), ...(after ? { after } : {}) };
    const { items, last: more } = await store.partition(partitionOf(visitor), part);
    events.push(...items.filter(({ past, type }) => !past || String(type).startsWith('tracked.')).map(eventOf));
    after = more;
    if (!more || page % 2 === 0) {
      const read = events.filter(({ occurredAt }) => occurredAt >= start);
      const given = { visitor, before: known, rules: rules.sessions, orders: await ordersIn(store, read) };
      const all = sessionise(read, given);
      // the last of a part may go on in the next
      const sure = more ? all.slice(0, -1) : all;
      const end = more ? all.at(-1)?.startedAt : undefined;
      const was = await storedIn(store, visitor, start, end);
      const told = read.filter(({ type }) => type.startsWith('session.'));
      const plan = { is: sure, was, told, whole: { start: !last && from === null, end: !more }, next: null };
      if (!more) return plan;
      const stored = new Map(was.map(one => [one.id, one]));
      const right = to === null ? undefined : sure.find(one => one.startedAt > to && isKnown(one, stored));
      if (right) return until(plan, right.startedAt);
      if (page >= mostPages && end) return { ...plan, next: end };
    }
  }
};

const isKnown = (session: Session, stored: Map<string, StoredSession>) => {
  const is = stored.get(session.id);
  return is !== undefined && isSameSession(session, is);
};

/** a plan without what is right from an instant on */
const until = (plan: Plan, end: string): Plan => ({
  ...plan,
  is: plan.is.filter(({ startedAt }) => startedAt < end),
  was: plan.was.filter(({ startedAt }) => startedAt < end),
});

export const endOf = ({ endedAt }: Session, { sessions: { inactivity } }: Rules) =>
  toIso(toMs(endedAt) + durationMs(inactivity));
