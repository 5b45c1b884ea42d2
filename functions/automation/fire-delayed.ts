import { factsFor } from '../customer-facts/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { remove } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { coolingTriggers, firedChanges, notFired } from './fire-trigger.ts';
import { afterCooldown, judge } from './matching-triggers.ts';
import { type ActiveTrigger, firings, triggers } from './trigger.ts';

type Firing = { trigger: ActiveTrigger; event: Parameters<typeof firedChanges>[1] };

/** The delay of a trigger is over: it acts as it was when the event happened, if its condition holds now as well. */
const fireDelayed: Reaction<typeof subscriptions.fireDelayed> = async (due, ctx) => {
  const { customerId, about, data } = due;
  const { store, now } = ctx;
  const key = { customerId: customerId as never, eventId: data.eventId, trigger: { id: about } };
  const [firing, current] = await Promise.all([store.get(firings, key), store.get(triggers, { id: about })]);
  if (!firing || !customerId) return;
  const { trigger, event } = firing as unknown as Firing;
  const facts = await factsFor(ctx, customerId, [trigger.if], event);
  if (!facts) return;
  const { id } = facts.attributes;
  const cools = await coolingTriggers([trigger], id, store);
  const judged = afterCooldown(judge(trigger, event.type, facts), cools.get(trigger.id), now);
  const paused = current?.state !== 'active' && 'the trigger was paused while it waited';
  const chosen = paused ? { ...judged, fires: false, reasons: [...judged.reasons, paused] } : judged;
  const changes = chosen.fires ? firedChanges(chosen, event, id, now) : await notFired(chosen, id, ctx);
  await store.commit([remove(firings, firing), ...changes]);
};

export const reaction = consume('fireDelayed', subscriptions.fireDelayed, fireDelayed);
