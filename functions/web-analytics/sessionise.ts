import type { Id } from '../../events/ids.ts';
import { isObject, type Json } from '../shared/json.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { dayOf, durationMs, plus, toMs } from '../shared/time/duration.ts';
import { dayMs, wallClock } from '../shared/time/zone.ts';
import type { SessionRules } from '../tracking/recording-rules.ts';
import { isVisit } from '../tracking/visits-due.ts';
import type { Outcome, Session, Visitor } from './session.ts';
import { arrivalOf, deviceOf } from './source-of.ts';

/** an event of a timeline, as far as sessions follow from it */
export type Happened = { id: string; type: string; occurredAt: string; about: string; data: unknown };

type Touch = Session['touch'];

/** what is known from the sessions before */
export type Before = { touch?: Touch | undefined; day?: string | undefined };

type Hit = {
  id: string;
  at: string;
  isPage: boolean;
  place: Session['entry'];
  device: Session['device'];
  arrival: ReturnType<typeof arrivalOf>;
};

const longest = 300;

const hitOf = ({ id, type, occurredAt: at, data }: Happened): Hit => {
  const { event, properties, context } = data as { event: string; properties: Json; context: Json };
  const page = isObject(context.page) ? context.page : {};
  const url = [page.url, properties.url].find(one => typeof one === 'string') as string | undefined;
  // a query may name the visitor
  const bare = url?.replace(/[?#].*$/s, '').slice(0, longest);
  const place = { name: event.slice(0, longest), ...(bare ? { url: bare } : {}) };
  const isPage = type !== 'tracked.track';
  return { id, at, isPage, place, device: deviceOf(context), arrival: arrivalOf({ context, properties }) };
};

const outcomeTypes: Record<string, Outcome['kind']> = {
  'lead.created': 'lead',
  'lead.identified': 'lead',
  'order.completed': 'order',
};

/** the types of events that sessions follow from, and those that tell of them */
export const typesRead = [
  ...['tracked.page', 'tracked.screen', 'tracked.track'],
  ...Object.keys(outcomeTypes),
  ...['session.started', 'session.ended'],
];

/** how long after a session a lead or an order still counts as brought about by it */
const attributedFor = 'P30D';

const dayIn = (timeZone: string, at: string) => Math.floor(wallClock(timeZone, toMs(at)) / dayMs);

const isSame = (a: Session, { source: b }: Hit['arrival']) =>
  a.source === b.source && a.medium === b.medium && a.campaign === b.campaign && a.clickId === b.clickId;

const begins = (
  session: Session | undefined,
  hit: Hit,
  { inactivity, newCampaign, newDay, timeZone }: SessionRules,
) => {
  if (!session || toMs(hit.at) - toMs(session.endedAt) > durationMs(inactivity)) return true;
  if (hit.at >= plus(session.startedAt, 'P1D')) return true;
  if (newDay && dayIn(timeZone, hit.at) !== dayIn(timeZone, session.startedAt)) return true;
  return newCampaign && hit.arrival.byCampaign && !isSame(session, hit.arrival);
};

/** what the next session knows of one */
export const knownAfter = ({ touch, startedAt }: Session): Before => ({
  touch: touch.channel === 'direct' ? undefined : touch,
  day: dayOf(startedAt),
});

const beginning = ({ id, at, place, device, arrival }: Hit, visitor: Visitor, before: Before): Session => {
  const { source } = arrival;
  const own = { ...source, at };
  const touch = source.channel === 'direct' ? (before.touch ?? own) : own;
  return {
    ...visitor,
    id: derivedId('session', visitor.customerId ?? visitor.visitor ?? '', id),
    startedAt: at,
    endedAt: at,
    seconds: 0,
    events: 0,
    pages: 0,
    entry: place,
    exit: place,
    device,
    ...source,
    touch,
    firstOfDay: before.day !== dayOf(at),
    outcomes: [],
  };
};

/** the session with another of its events */
const extended = (session: Session, { at, isPage, place }: Hit): Session => ({
  ...session,
  endedAt: at,
  seconds: Math.round((toMs(at) - toMs(session.startedAt)) / 1000),
  events: session.events + 1,
  pages: session.pages + (isPage ? 1 : 0),
  // where it began and ended, as a visitor sees it
  entry: isPage && session.pages === 0 ? place : session.entry,
  exit: isPage || session.pages === 0 ? place : session.exit,
});

const byTime = (a: Happened, b: Happened) => (a.occurredAt + a.id < b.occurredAt + b.id ? -1 : 1);

/** announcements of a beginning that lie in a session name it: a late event before them changes its start, not its id */
const named = (all: Session[], events: Happened[]): Session[] => {
  const told = events.filter(({ type }) => type === 'session.started');
  return all.map(session => {
    const { startedAt, endedAt } = session;
    const first = told.find(({ occurredAt: at }) => at >= startedAt && at <= endedAt);
    return first ? { ...session, id: first.about as Id<'session'> } : session;
  });
};

type Order = { amount?: Outcome['amount'] } | undefined;

/**
 * Divides behaviour into sessions, and puts leads and orders to the session before them. `orders`: what those that count come
 * to by now. Whatever the order of the events, and however often each is there, it comes to the same. Pure.
 */
export const sessionise = (
  given: Happened[],
  {
    visitor,
    before,
    rules,
    orders,
  }: { visitor: Visitor; before: Before; rules: SessionRules; orders: Map<string, Order> },
): Session[] => {
  const events = [...new Map(given.map(event => [event.id, event])).values()].sort(byTime);
  const found: Session[] = [];
  const seen = new Set<string>();
  for (const event of events) {
    const last = found.at(-1);
    const kind = outcomeTypes[event.type];
    if (kind) {
      const { about: id, occurredAt: at } = event;
      const counts = kind === 'lead' || orders.has(id);
      if (!last || seen.has(id) || !counts || at > plus(last.endedAt, attributedFor)) continue;
      seen.add(id);
      const amount = orders.get(id)?.amount;
      last.outcomes.push({ kind, id, at, ...(amount ? { amount } : {}) });
    } else if (isVisit(event.type, event.data)) {
      const hit = hitOf(event);
      if (!last || begins(last, hit, rules)) {
        found.push(extended(beginning(hit, visitor, last ? knownAfter(last) : before), hit));
      } else found[found.length - 1] = extended(last, hit);
    }
  }
  return named(found, events);
};
