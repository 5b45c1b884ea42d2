import type { Delivered } from '../../events/define.ts';
import { messageRequested } from '../../events/message.ts';
import { tagRequested } from '../../events/trigger.ts';
import { factsFor } from '../customer-facts/reads.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { type Change, emit, insert } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { AlreadyExists } from '../shared/store/transaction.ts';
import { subscriptions } from './contract.ts';
import { type Judged, judge, matchingTriggers } from './matching-triggers.ts';
import { evaluations, isSubscribable } from './trigger.ts';

type Event = Delivered<(typeof subscriptions.evaluateTriggers)['events'][number]>;

/** transactions at a time, where one event sets off many triggers */
const concurrent = 10;

/** the event as templates see it, with `properties` and `name` of tracked behaviour at the top */
const snapshot = ({ id, type, occurredAt, about, data }: Event) => {
  const { properties, event: name } = (data ?? {}) as { properties?: unknown; event?: unknown };
  return { id, type, occurredAt, about, data, ...(properties ? { properties, name } : {}) };
};

const actions = ({ trigger }: Judged, event: Event): Change[] =>
  trigger.then.map(({ send, tag }, nth) => {
    const to = { customerId: event.customerId, about: trigger.id };
    if (!send) return emit(tagRequested, { ...to, data: { tag: tag ?? '' } });
    return emit(messageRequested, {
      ...to,
      data: {
        channel: trigger.channels[nth]!,
        ...send,
        cause: trigger.id,
        step: `${event.id}#${nth}`,
        event: snapshot(event),
        ...(isPublicActor(event.actor) ? { tracker: event.actor } : {}),
      },
    });
  });

const outcome = (now: string, judged: Judged, event: Event): Change[] => [
  decided(now, {
    customerId: event.customerId ?? '',
    kind: 'trigger',
    outcome: judged.fires ? 'fired' : 'not fired',
    reasons: judged.reasons,
    cause: judged.trigger.id,
  }),
  ...(judged.fires ? actions(judged, event) : []),
];

/** one trigger and one event, once: a repeated delivery finds the claim */
const apply = async ({ now, store }: Ctx, judged: Judged, event: Event) => {
  const claim = insert(evaluations, { id: `${event.id}#${judged.trigger.id}`, at: now });
  try {
    await store.commit([claim, ...outcome(now, judged, event)]);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
};

const evaluateTriggers: Reaction<typeof subscriptions.evaluateTriggers> = async (event, ctx) => {
  const { customerId, type } = event;
  if (!customerId || !isSubscribable(type)) return;
  const matched = await matchingTriggers(ctx, event);
  if (!matched.length) return;
  const conditions = matched.map(trigger => trigger.if);
  const facts = await factsFor(ctx, customerId, conditions, event);
  if (!facts) return;
  // it may have been merged since
  const ofSurvivor = { ...event, customerId: facts.attributes.id };
  await mapConcurrent(matched, concurrent, trigger => apply(ctx, judge(trigger, type, facts), ofSurvivor));
};

export const reaction = consume('evaluateTriggers', subscriptions.evaluateTriggers, evaluateTriggers, { once: false });
