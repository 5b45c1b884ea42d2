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
import { allPages } from '../shared/store/record-page.ts';
import { plus } from '../shared/time/duration.ts';
import { checkTrigger, rejectRevealingRule } from './check-trigger.ts';
import type { routes } from './contract.ts';
import { afterCooldown, judge, withinGroups } from './matching-triggers.ts';
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

/** which triggers fire at each of the events of a customer, one after the other, with their delays, cool-downs and groups */
const chooserOf = (facts: Facts) => {
  const acted = new Map<string, string>();
  const judgedAt = (trigger: ActiveTrigger, type: string, now: string) => {
    const last = acted.get(trigger.id);
    const cools = last !== undefined && last <= now && trigger.cooldown ? plus(last, trigger.cooldown) : undefined;
    return afterCooldown(judge(trigger, type, { ...facts, now }), cools, now);
  };
  return (matching: ActiveTrigger[], { type, occurredAt }: { type: string; occurredAt: string }) =>
    withinGroups(matching.map(one => judgedAt(one, type, occurredAt))).map(first => {
      const { delay, id } = first.trigger;
      const at = delay ? plus(occurredAt, delay) : occurredAt;
      const judged = first.fires && delay ? judgedAt(first.trigger, type, at) : first;
      if (judged.fires) acted.set(id, at);
      return { ...judged, at };
    });
};

/** the active triggers of its group, of which one acts on an event */
const rivalsOf = async ({ id, exclusive }: ActiveTrigger, { store }: Ctx): Promise<ActiveTrigger[]> => {
  if (exclusive === undefined) return [];
  const active = await allPages(cursor => store.list(triggers, 'state', 'active', { limit: 100, cursor }));
  return active.filter(one => one.exclusive === exclusive && one.id !== id).map(one => ({ ...one, ...nothing }));
};

const nothing = { channels: {}, shows: [] };

/** the trigger, and those of its group */
type Group = [ActiveTrigger, ...ActiveTrigger[]];

const replayed = async (customerId: string, [trigger, ...rivals]: Group, span: Span, ctx: Ctx) => {
  const { store } = ctx;
  const matchers = [trigger, ...rivals].map(one => ({ one, matches: compile(one.when) }));
  const timeline = await timelineBetween(store, customerId, { ...span, limit: mostEvents });
  const heard = timeline.events
    .filter(({ type }) => isSubscribable(type))
    .map(event => {
      const { type, source, ...detail } = event;
      const matching = matchers.filter(({ matches }) => matches({ source, 'detail-type': type, detail }));
      return { event, matching: matching.map(({ one }) => one) };
    })
    .filter(({ matching }) => matching.length)
    .reverse();
  const conditions = [trigger, ...rivals].map(one => one.if);
  const seen = seenOf(customerId, timeline);
  const facts = heard.length ? await factsFor({ store, now: span.from }, customerId, conditions) : undefined;
  if (!facts) return { ...seen, items: [] };
  const decide = await decider(customerId, trigger, ctx);
  const chosen = chooserOf(facts);
  const itsOwn = heard.flatMap(({ event, matching }) => {
    const own = chosen(matching, event).find(one => one.trigger === trigger);
    return own ? [{ event, own }] : [];
  });
  const items = itsOwn.map(({ event: { id: eventId, occurredAt }, own: { fires, reasons, at } }): Item => {
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
  const group: Group = [indexed, ...(await rivalsOf(indexed, ctx))];
  const { found, nextCursor, evaluated } = await replayAll(paging, one => replayed(one, group, span, ctx), ctx);
  const all = found.flatMap(one => one.items).map(item => ({ ...item, reasons: item.reasons.map(veil.reason) }));
  return { ...summary(all, examples, whyOf), nextCursor, evaluated: { ...evaluated, matched: all.length } };
};
