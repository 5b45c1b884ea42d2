import { factsFor } from '../customer-facts/reads.ts';
import { customerPage, timelineBetween } from '../customers/reads.ts';
import { chooseOutcome, type Outcome } from '../messaging/choose-outcome.ts';
import { channelFacts, customerFacts } from '../messaging/facts.ts';
import { messages } from '../messaging/message.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler, ReplyOf } from '../shared/http/contract.ts';
import { compile } from '../shared/patterns/pattern.ts';
import { toIso, toMs } from '../shared/time/duration.ts';
import { checkTrigger, rejectRevealing } from './check-trigger.ts';
import type { routes } from './contract.ts';
import { judge } from './matching-triggers.ts';
import { type ActiveTrigger, isSubscribable, triggers } from './trigger.ts';

const most = { events: 500, perPage: 20 };

/** the rest is left to the next request, while there is time to reply */
const leastTime = 5_000;

type Item = ReplyOf<typeof routes.replayTrigger>['items'][number];

/** The decisions about the messages of a trigger to a customer, one after the other: each counts towards the caps of the next. */
const decider = async (customerId: string, { id, then, channels }: ActiveTrigger, ctx: Ctx) => {
  const found = await customerFacts(customerId, ctx);
  const wanted = then.flatMap(({ send }, nth) => (send ? [{ channel: channels[nth]!, topic: send.topic }] : []));
  const known = await Promise.all(
    wanted.map(async request => ({ request, facts: found && (await channelFacts(found, request, ctx)) })),
  );
  const sent = found?.history.sends ?? [];
  const ofIts = (
    await ctx.store.getByIds(
      messages,
      sent.map(one => one.messageId),
    )
  ).filter(one => one.cause === id);
  const own = new Set(ofIts.map(message => message.id));
  const sends = sent.filter(one => !own.has(one.messageId));
  return (now: string): Outcome[] =>
    known.flatMap(({ request, facts }) => {
      if (!facts) return [];
      const before = sends.filter(({ at }) => at <= now);
      const outcome = chooseOutcome({ ...facts, request, sends: before, now });
      const send = { customerId: customerId as never, messageId: '' as never, channel: request.channel, at: now };
      if (outcome.do === 'send' && request.topic !== null) sends.push(send);
      return [outcome];
    });
};

/** why not one action of a trigger that fires would be done; undefined when one would */
const blockedBy = ({ then }: ActiveTrigger, outcomes: Outcome[]): string[] | undefined => {
  const skipped = outcomes.flatMap(outcome => (outcome.do === 'skip' ? [outcome.reason] : []));
  return skipped.length === then.length ? [...new Set(skipped)] : undefined;
};

type Span = { from: string; to: string };

const replayed = async (customerId: string, trigger: ActiveTrigger, span: Span, ctx: Ctx) => {
  const { store } = ctx;
  const matches = compile(trigger.when);
  const { events, more } = await timelineBetween(store, customerId, { ...span, limit: most.events });
  const matched = events
    .filter(({ type, source, ...detail }) => isSubscribable(type) && matches({ source, 'detail-type': type, detail }))
    .reverse();
  const seen = { events: events.length, cut: more ? [customerId] : [] };
  const facts = matched.length ? await factsFor({ store, now: span.from }, customerId, [trigger.if]) : undefined;
  if (!facts) return { ...seen, items: [] };
  const decide = await decider(customerId, trigger, ctx);
  const items = matched.map(({ id: eventId, type, occurredAt }): Item => {
    const { fires, reasons } = judge(trigger, type, { ...facts, now: occurredAt });
    const event = { customerId, eventId, occurredAt };
    if (!fires) return { ...event, outcome: 'not reached', reasons };
    const outcomes = decide(occurredAt);
    const blocked = blockedBy(trigger, outcomes);
    if (blocked) return { ...event, outcome: 'not reached', reasons: [...reasons, ...blocked] };
    const held = outcomes.flatMap(one => (one.do === 'hold' ? [`held until ${one.until}: ${one.reason}`] : []));
    return { ...event, outcome: 'reached', reasons: [...reasons, ...held] };
  });
  return { ...seen, items: items.reverse() };
};

const instants = /\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?/g;

/** a reason without what is of one customer only */
const common = (reason: string) =>
  reason
    .replace(/: it (?:is|was|happened)\b.*$/s, '')
    .replace(instants, '…')
    .split(': ')
    .slice(0, 2)
    .join(': ');

/** the first reason is that the event matches */
const whyOf = ({ outcome, reasons }: Item) =>
  outcome === 'reached' ? null : reasons.slice(1).map(common).join('; ') || null;

/** how many came out how and why, the most first, with examples of each */
const summary = (items: Item[], examples: number) => {
  const groups = [...Map.groupBy(items, item => JSON.stringify([item.outcome, whyOf(item)])).values()];
  const counts = groups
    .map(group => ({ outcome: group[0]!.outcome, reason: whyOf(group[0]!), count: group.length }))
    .sort((a, b) => b.count - a.count);
  return { counts, items: groups.flatMap(group => group.slice(0, examples)) };
};

/** Reads only. A draft can be replayed before it is activated. */
export const replayTrigger: Handler<typeof routes.replayTrigger> = async (
  { params: { id = '' }, query: { limit, cursor, examples }, body },
  ctx,
) => {
  const { scopes, store } = ctx;
  if (!scopes.has('customers.read')) {
    throw scopeMissing('A replay reads customers. It needs the scope customers.read.');
  }
  const trigger = await store.need(triggers, { id });
  const veil = await rejectRevealing(trigger, ctx);
  const indexed = { ...trigger, channels: await checkTrigger(trigger, ctx) };
  const span = { from: toIso(toMs(body.from)), to: toIso(toMs(body.to)) };
  const found: Awaited<ReturnType<typeof replayed>>[] = [];
  let nextCursor: string | null = cursor ?? null;
  do {
    const paging = { limit: Math.min(most.perPage, limit - found.length), cursor: nextCursor ?? undefined };
    const page = await customerPage(store, paging);
    found.push(...(await Promise.all(page.items.map(one => replayed(one.id, indexed, span, ctx)))));
    nextCursor = page.nextCursor;
  } while (nextCursor && found.length < limit && ctx.timeLeft() > leastTime);
  const all = found.flatMap(one => one.items).map(item => ({ ...item, reasons: item.reasons.map(veil.reason) }));
  const events = found.reduce((sum, one) => sum + one.events, 0);
  const evaluated = { customers: found.length, events, matched: all.length, cut: found.flatMap(one => one.cut) };
  return { ...summary(all, examples), nextCursor, evaluated };
};
