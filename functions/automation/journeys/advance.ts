import { attributeNamed } from '../../customers/attributes/definition.ts';
import { withValue } from '../../customers/attributes/paths.ts';
import { isPublicActor } from '../../customers/attributes/standing.ts';
import { zoneOf } from '../../shared/conditions/attribute-condition.ts';
import { isTime } from '../../shared/conditions/bound.ts';
import { evaluate, type Facts } from '../../shared/conditions/condition.ts';
import { meantBy } from '../../shared/conditions/event-condition.ts';
import { isObject, type Json } from '../../shared/json.ts';
import { lotOf } from '../../shared/lot.ts';
import { plus, toIso } from '../../shared/time/duration.ts';
import { nextTimeOfDay } from '../../shared/time/time-of-day.ts';
import type { Action } from '../actions.ts';
import type { Next, Node, Plan } from './compile.ts';
import type { Awaited, Until } from './journey.ts';
import type { Run, RunKey, Token } from './run.ts';

/** an event as a run sees it */
export type Happened = { id: string; type: string; occurredAt: string; about: string; data: unknown; actor?: string };

export type Ends = { keyPath?: string | undefined; goal?: Awaited | undefined; exitOn?: Awaited[] | undefined };

export type Stimulus = {
  now: string;
  facts: Facts;
  /** the event that is at hand */
  event?: Happened;
  /** what happened since the run waits, in its order: deliveries swap, and some are for a time when it stood still */
  past?: Happened[];
  /** the company's zone, for customers whose own is not known */
  zone?: string | undefined;
};

export type Act = { action: Action; step: string };

/** `timers`: when time alone lets the run go on */
export type Advanced = { run: Run; acts: Act[]; entered: string[]; timers: string[] };

/** on the way to a node: since when what happens counts for it, but for the events that led there */
type Arrival = { to: Next; since: string; but: string[] };

const most = { acts: 20, moves: 400, visits: 1_000, path: 50, seen: 20 };

const at = (value: unknown, path: string[]): unknown =>
  path.reduce<unknown>(
    (part, name) => (isObject(part) || Array.isArray(part) ? (part as Json)[name] : undefined),
    value,
  );

/** an event as templates see it, with `properties` and `name` of tracked behaviour at the top */
export const snapshotOf = ({ id, type, occurredAt, about, data }: Happened): Json => {
  const { properties, event: name } = (data ?? {}) as Json;
  return { id, type, occurredAt, about, data, ...(properties ? { properties, name } : {}) };
};

/** the value at a path of an event: `properties.cartId`, `data.number`, or `number` of its data */
export const keyIn = (event: Happened, path: string): RunKey => {
  const steps = path.replace(/^event\./, '').split('.');
  const found = at(snapshotOf(event), steps) ?? at(event.data, steps);
  return ['string', 'number', 'boolean'].includes(typeof found) && found !== '' ? (found as RunKey) : null;
};

const readAt = (path: string, run: Run, facts: Facts): unknown => {
  const [root = '', ...rest] = path.split('.');
  if (root === 'event') return at(run.event, rest);
  if (root === 'run') return at({ id: run.id, key: run.key, data: run.data ?? {} }, rest);
  return at(facts.attributes, root === 'customer' ? rest : [root, ...rest]);
};

type Local = { facts: Facts; zone: string | undefined };

/** when the wait for a date or a time ends; undefined: it does not hold the run */
const untilOf = ({ date, offset, time, weekdays, timeZone }: Until, now: string, run: Run, { facts, zone }: Local) => {
  if (time !== undefined)
    return nextTimeOfDay(now, { at: time, timeZone: zoneOf(facts.attributes, timeZone ?? zone), on: weekdays });
  const found = [date ?? []].flat().map(path => readAt(path, run, facts));
  const text = found.find((value): value is string => typeof value === 'string' && isTime(value));
  if (text === undefined) return undefined;
  const due = toIso(Date.parse(text));
  const moved = offset ? plus(due, offset, zoneOf(facts.attributes)) : due;
  return moved > now ? moved : undefined;
};

/** Advances a run as far as it goes by what has happened: pure, so that a replay comes to the same. */
export const advance = ({ nodes, start, ...ends }: Plan & Ends, before: Run, stimulus: Stimulus): Advanced => {
  const { now, event, past = [] } = stimulus;
  const run: Run = structuredClone(before);
  const out: Advanced = { run, acts: [], entered: [], timers: [] };
  const heard = [...past, ...(event && !past.some(({ id }) => id === event.id) ? [event] : [])];
  const news = heard.filter(({ id }) => !run.seen.includes(id));
  let facts: Facts = { ...stimulus.facts, now };
  let moves = 0;
  const arrivals: Arrival[] = [];
  const used = new Set<string>();

  const matching = (awaited: Awaited, since: string, but: string[] = []) => {
    const { event: name, where, sameKey } = awaited;
    if (name === undefined) return undefined;
    const isMeant = meantBy({ event: name, ...(where ? { where } : {}) });
    return news.find(
      one =>
        one.occurredAt >= since &&
        !but.includes(one.id) &&
        isMeant(one) &&
        (!sameKey || (ends.keyPath !== undefined && keyIn(one, ends.keyPath) === run.key)),
    );
  };

  const timer = (until: string | undefined) => {
    if (until !== undefined && until > now) out.timers.push(until);
  };

  /** why it is so far, and by which event; undefined: it is not */
  const reached = (awaited: Awaited, since: string, but?: string[]): { why: string; by?: Happened } | undefined => {
    const by = matching(awaited, since, but);
    if (by) {
      used.add(by.id);
      if (by.actor && isPublicActor(by.actor)) run.tracker ??= by.actor;
      return { why: `${awaited.event} happened on ${by.occurredAt}`, by };
    }
    if (!awaited.if) return undefined;
    const { holds, reasons, until } = evaluate(awaited.if, facts);
    if (!holds) timer(until);
    return holds ? { why: reasons.join('; ') || 'the condition holds' } : undefined;
  };

  const end = (state: Run['state'], reason: string) => {
    Object.assign(run, { state, reason, endedAt: now, tokens: [] });
    arrivals.length = 0;
    out.timers.length = 0;
  };

  const note = (step: string, why?: string) => {
    run.path = [...run.path, { step, at: now, ...(why ? { why: why.slice(0, 500) } : {}) }].slice(-most.path);
    run.at = step;
  };

  const stand = (node: number, since: string, until?: string, due?: true) => {
    run.tokens.push({ node, since, ...(until ? { until } : {}), ...(due ? { due } : {}) });
    if (until) out.timers.push(until);
  };

  const go = (to: Next, since: string, but: string[] = []) => void arrivals.push({ to, since, but });

  const goBy = (to: Next, by: Happened | undefined, but: string[] = []) =>
    go(to, by?.occurredAt ?? now, by ? [...but, by.id] : but);

  /** what is set is so for the conditions that follow, before it is written */
  const overlay = ({ set, tag }: Action) => {
    let attributes = facts.attributes;
    for (const [name, value] of Object.entries(set ?? {}))
      attributes = withValue(attributes, attributeNamed(name) ?? name, value ?? undefined);
    if (tag) {
      const tags = at(attributes, ['attributes', 'tags']);
      const all = Array.isArray(tags) ? tags : [];
      if (!all.includes(tag)) attributes = withValue(attributes, 'attributes.tags', [...all, tag]);
    }
    facts = { ...facts, attributes };
  };

  const choose = (node: Node & { do: 'branch' | 'split' }): { to: Next; why: string } => {
    if (node.do === 'branch') {
      for (const [nth, arm] of node.arms.entries()) {
        const { holds, reasons } = evaluate(arm.if, facts);
        if (holds) return { to: arm.to, why: `branch ${nth + 1}: ${reasons.join('; ')}` };
      }
      return { to: node.else, why: 'no branch' };
    }
    // the same at every visit
    const lot = lotOf(JSON.stringify([run.journeyId, node.id, run.customerId, run.key])) * 100;
    let below = 0;
    for (const [nth, arm] of node.arms.entries()) {
      below += arm.percent;
      if (lot < below) return { to: arm.to, why: `part ${nth + 1} of the split` };
    }
    return { to: node.else, why: 'no part of the split' };
  };

  const wait = (to: number, node: Node & { do: 'waitFor' }, { since, but }: Arrival) => {
    const found = reached(node.on, since, but);
    if (!found) return stand(to, since, plus(now, node.timeout));
    note(node.id, found.why);
    return goBy(node.then, found.by, but);
  };

  const visit = (to: number, arrival: Arrival): unknown => {
    const { since, but } = arrival;
    const node = nodes[to]!;
    const visits = (run.visits[node.id] ?? 0) + 1;
    if (visits > most.visits) return end('failed', `the step ${node.id} was reached more than ${most.visits} times`);
    run.visits[node.id] = visits;
    if (node.do !== 'join') {
      out.entered.push(node.id);
      note(node.id);
    }
    switch (node.do) {
      case 'act':
        out.acts.push({ action: node.action, step: `${run.id}#${node.id}#${visits}` });
        overlay(node.action);
        return go(node.next, since, but);
      case 'wait':
        return stand(to, since, plus(now, node.for, zoneOf(facts.attributes)));
      case 'until': {
        const until = untilOf(node.until, now, run, { facts, zone: stimulus.zone });
        return until ? stand(to, since, until) : go(node.next, since, but);
      }
      case 'waitFor':
        return wait(to, node, arrival);
      case 'branch':
      case 'split': {
        const { to: next, why } = choose(node);
        note(node.id, why);
        return go(next, since, but);
      }
      case 'fork':
        for (const arm of node.arms) go(arm, since, but);
        return undefined;
      case 'join': {
        const joined = (run.joined[node.id] ?? 0) + 1;
        run.joined[node.id] = joined % node.of;
        return joined === node.of ? go(node.next, since, but) : undefined;
      }
      case 'go':
        return go(node.next, since, but);
      case 'exit':
        return end('done', 'exit');
    }
  };

  const arrive = (arrival: Arrival) => {
    const { to, since } = arrival;
    if (to === null || run.state !== 'running') return;
    moves += 1;
    // the rest in a transaction of its own
    if (out.acts.length >= most.acts || moves > most.moves) return stand(to, since, now, true);
    visit(to, arrival);
  };

  const release = (token: Token) => {
    const node = nodes[token.node]!;
    const isDue = token.until !== undefined && token.until <= now;
    if (token.due) return isDue ? go(token.node, token.since) : void run.tokens.push(token);
    const since = token.until ?? token.since;
    if (node.do === 'waitFor') {
      const found = reached(node.on, token.since);
      if (found) {
        note(node.id, found.why);
        return goBy(node.then, found.by);
      }
      if (!isDue) return void run.tokens.push(token);
      note(node.id, `not within ${node.timeout}`);
      return go(node.late, since);
    }
    if (!isDue) return void run.tokens.push(token);
    return go('next' in node ? node.next : null, since);
  };

  const goalReached = ends.goal && reached(ends.goal, run.startedAt);
  if (goalReached) end('converted', goalReached.why);
  for (const one of ends.exitOn ?? []) {
    const found = run.state === 'running' ? reached(one, run.startedAt) : undefined;
    if (found) end('exited', found.why);
  }
  if (run.state === 'running') {
    const standing = run.tokens;
    run.tokens = [];
    if (!standing.length) go(start, run.startedAt);
    for (const token of standing) release(token);
    for (let next = arrivals.shift(); next; next = arrivals.shift()) arrive(next);
    if (run.state === 'running' && !run.tokens.length) end('done', 'last step');
  }
  run.seen = [...run.seen, ...used].slice(-most.seen);
  const standsAt = run.tokens[0];
  if (standsAt) run.at = nodes[standsAt.node]!.id;
  const isSet = new Set(run.wakes);
  out.timers = [...new Set(out.timers)].filter(time => !isSet.has(time)).sort();
  run.wakes = run.state === 'running' ? [...run.wakes.filter(time => time > now), ...out.timers] : [];
  return out;
};
