import type { Delivered, EventType } from '../../events/define.ts';
import { triggerDue } from '../../events/trigger.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, insert, put, schedule } from '../shared/store/changes.ts';
import { decided, decidedDaily } from '../shared/store/decision.ts';
import type { Store } from '../shared/store/store.ts';
import { AlreadyExists } from '../shared/store/transaction.ts';
import { plus } from '../shared/time/duration.ts';
import { actionsOf } from './actions.ts';
import { claims } from './claim.ts';
import { snapshotOf } from './journeys/advance.ts';
import { cooldowns } from './journeys/run.ts';
import type { Judged } from './matching-triggers.ts';
import { type ActiveTrigger, firings } from './trigger.ts';

type Event = Pick<Delivered<EventType>, 'id' | 'type' | 'occurredAt' | 'about' | 'data' | 'actor' | 'customerId'>;

/** until when triggers leave a customer alone */
export const coolingTriggers = async (
  matched: Pick<ActiveTrigger, 'id' | 'cooldown'>[],
  customerId: string,
  store: Store,
): Promise<Map<string, string>> => {
  const keys = matched
    .filter(({ cooldown }) => cooldown)
    .map(({ id }) => ({ customerId: customerId as never, of: id }));
  const found = keys.length ? await store.getAll(cooldowns, keys) : [];
  return new Map(found.map(({ of, at, lasts }) => [of, plus(at, lasts)]));
};

const decision = ({ trigger, reasons }: Judged, customerId: string, outcome: string) => ({
  ...{ customerId, kind: 'trigger', outcome, reasons },
  cause: trigger.id,
});

/** one a day of each customer and trigger: the last reason of that day */
export const notFired = (judged: Judged, customerId: string, { store }: Pick<Ctx, 'store'>): Promise<Change[]> =>
  decidedDaily(decision(judged, customerId, 'not fired'), store, judged.trigger.id);

/** what a trigger does about an event */
export const firedChanges = (judged: Judged, event: Event, customerId: string, now: string): Change[] => {
  const { trigger } = judged;
  const { id: cause, then, channels, shows, cooldown } = trigger;
  const tracker = isPublicActor(event.actor) ? { tracker: event.actor } : {};
  const asking = { customerId, cause, event: snapshotOf(event), channels, shows, ...tracker };
  return [
    decided(now, decision(judged, customerId, 'fired')),
    ...then.flatMap((action, nth) => actionsOf(action, { ...asking, step: `${event.id}#${nth}` })),
    ...(cooldown ? [insert(cooldowns, { customerId: customerId as never, of: cause, at: now, lasts: cooldown })] : []),
  ];
};

/** it acts later: what it acts by is kept with the customer, as the event is */
const delayed = (judged: Judged, delay: string, event: Event, now: string): Change[] => {
  const { trigger } = judged;
  const { id: eventId, customerId } = event;
  const dueAt = plus(now, delay);
  const firing = { customerId: customerId as never, eventId, trigger: trigger as never, event: event as never, dueAt };
  return [
    decided(now, decision(judged, customerId ?? '', `waits until ${dueAt}`)),
    put(firings, firing),
    schedule(dueAt, triggerDue, { customerId, about: trigger.id, data: { eventId } }),
  ];
};

/** One trigger, or one of its exclusive group, and one event, once: a repeated delivery finds the claim. */
export const fire = async (judged: Judged, event: Event, customerId: string, { now, store }: Ctx) => {
  const { id, exclusive, delay } = judged.trigger;
  const claim = insert(claims, { id: `${event.id}#${exclusive === undefined ? id : `of ${exclusive}`}`, at: now });
  const changes = delay ? delayed(judged, delay, event, now) : firedChanges(judged, event, customerId, now);
  try {
    await store.commit([claim, ...changes]);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
};
