import { factsFor } from '../customer-facts/reads.ts';
import { timelineBetween } from '../customers/reads.ts';
import { chooseOutcome, type Outcome } from '../messaging/choose-outcome.ts';
import { channelFacts, customerFacts } from '../messaging/facts.ts';
import { messages } from '../messaging/message.ts';
import type { Facts } from '../shared/conditions/condition.ts';
import { isSubscribable } from '../shared/events/subscribable.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler, ReplyOf } from '../shared/http/contract.ts';
import { compile } from '../shared/patterns/pattern.ts';
import { plus } from '../shared/time/duration.ts';
import { checkTrigger, rejectRevealingRule } from './check-trigger.ts';
import type { routes } from './contract.ts';
import { afterCooldown, judge } from './matching-triggers.ts';
import { mostEvents, replayAll, type Span, seenOf, spanOf } from './replay.ts';
import { common, summary } from './summary.ts';
import { type ActiveTrigger, triggers } from './trigger.ts';

type Item = ReplyOf<typeof routes.replayTrigger>['items'][number];

/** The decisions about the messages of a trigger to a customer, one after the other: each counts towards the caps of the next. */
const decider = async (customerId: string, { id, then, channels }: ActiveTrigger, ctx: Ctx) => {
  const found = await customerFacts(customerId, ctx);
  const wanted = then.flatMap(({ send }) => (send ? [{ channel: channels[send.templateId]!, topic: send.topic }] : []));
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

/** whether a trigger fires at each of the events of a customer, one after the other, with its delay and its cool-down */
const chooserOf = (trigger: ActiveTrigger, facts: Facts) => {
  let acted: string | undefined;
  const judgedAt = (type: string, now: string) => {
    const cools = acted !== undefined && acted <= now && trigger.cooldown ? plus(acted, trigger.cooldown) : undefined;
    return afterCooldown(judge(trigger, type, { ...facts, now }), cools, now);
  };
  return (type: string, occurredAt: string) => {
    const at = trigger.delay ? plus(occurredAt, trigger.delay) : occurredAt;
    const first = judgedAt(type, occurredAt);
    const judged = first.fires && trigger.delay ? judgedAt(type, at) : first;
    if (judged.fires) acted = at;
    return { ...judged, at };
  };
};

const replayed = async (customerId: string, trigger: ActiveTrigger, span: Span, ctx: Ctx) => {
  const { store } = ctx;
  const matches = compile(trigger.when);
  const timeline = await timelineBetween(store, customerId, { ...span, limit: mostEvents });
  const matched = timeline.events
    .filter(({ type, source, ...detail }) => isSubscribable(type) && matches({ source, 'detail-type': type, detail }))
    .reverse();
  const seen = seenOf(customerId, timeline);
  const facts = matched.length ? await factsFor({ store, now: span.from }, customerId, [trigger.if]) : undefined;
  if (!facts) return { ...seen, items: [] };
  const decide = await decider(customerId, trigger, ctx);
  const chosen = chooserOf(trigger, facts);
  const items = matched.map(({ id: eventId, type, occurredAt }): Item => {
    const { fires, reasons, at } = chosen(type, occurredAt);
    const event = { customerId, eventId, occurredAt };
    if (!fires) return { ...event, outcome: 'not reached', reasons };
    const outcomes = decide(at);
    const blocked = blockedBy(trigger, outcomes);
    if (blocked) return { ...event, outcome: 'not reached', reasons: [...reasons, ...blocked] };
    const held = outcomes.flatMap(one => (one.do === 'hold' ? [`held until ${one.until}: ${one.reason}`] : []));
    return { ...event, outcome: 'reached', reasons: [...reasons, ...held] };
  });
  return { ...seen, items: items.reverse() };
};

/** the first reason is that the event matches */
const whyOf = ({ outcome, reasons }: Item) =>
  outcome === 'reached' ? null : reasons.slice(1).map(common).join('; ') || null;

/** Reads only. A draft can be replayed before it is activated. */
export const replayTrigger: Handler<typeof routes.replayTrigger> = async (
  { params: { id = '' }, query: { examples, ...paging }, body },
  ctx,
) => {
  const { scopes, store } = ctx;
  if (!scopes.has('customers.read')) {
    throw scopeMissing('A replay reads customers. It needs the scope customers.read.');
  }
  const trigger = await store.need(triggers, { id });
  const veil = await rejectRevealingRule(trigger, ctx);
  const indexed = { ...trigger, ...(await checkTrigger(trigger, ctx)) };
  const span = spanOf(body);
  const { found, nextCursor, evaluated } = await replayAll(paging, one => replayed(one, indexed, span, ctx), ctx);
  const all = found.flatMap(one => one.items).map(item => ({ ...item, reasons: item.reasons.map(veil.reason) }));
  return { ...summary(all, examples, whyOf), nextCursor, evaluated: { ...evaluated, matched: all.length } };
};
