import { type PreferenceSettings, preferenceSettings } from '../consent/preference-settings.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { toMs } from '../shared/time/duration.ts';
import { chooseOutcome } from './choose-outcome.ts';
import { subscriptions } from './contract.ts';
import { awaitReport, deliver, giveUp, isTriedAgain } from './deliver.ts';
import { type DecisionFacts, factsFor, type Pending } from './facts.ts';
import { type Message, messageIdOf, messages, requests } from './message.ts';
import { type Draft, held, isFirst, newMessage, sending, skipped } from './outcome-changes.ts';
import { asking, relayLimit } from './relay-limits.ts';
import { renderMessage } from './render-message.ts';

type Event = Parameters<Reaction<typeof subscriptions.decideMessage>>[0];

/** longer than a function lives */
const sendingMs = 60_000;

type Request = Pending['request'];

const requestOf = async (event: Event, { store }: Ctx): Promise<Request | undefined> => {
  if (event.type !== 'message.requested') return store.get(requests, { id: event.about });
  const tracker = event.data.tracker ?? (isPublicActor(event.actor) ? event.actor : undefined);
  return { ...event.data, ...(tracker ? { tracker } : {}) };
};

/** what is left to do about a message that exists */
const leftOf = (event: Event, message: Message, now: string) => {
  const { state, reason, attempts } = message;
  if (state === 'queued' || (state === 'held' && event.type === 'message.due')) return 'decide';
  if (state !== 'sending') return 'nothing';
  if (event.type === 'message.delivery-unknown') {
    if (event.data.attempt !== attempts) return 'nothing';
    return isTriedAgain(message) ? 'decide' : 'give up';
  }
  if (reason) return 'nothing';
  // a repeated delivery: the first one is still running, or failed after it stored `sending`
  return toMs(now) - toMs(message.updatedAt) < sendingMs ? 'wait' : 'await report';
};

/** Decides about a message and stores that; a message that is to be sent is given to the provider afterwards. */
const decide = async (
  pending: Pending,
  facts: DecisionFacts,
  settings: PreferenceSettings,
  ctx: Ctx,
): Promise<void> => {
  const { now, store } = ctx;
  const asked = { ...pending, request: facts.chosen };
  const message = { ...(pending.before ?? newMessage(asked, facts.to, now)), channel: facts.request.channel };
  const draft: Draft = { ...asked, customerId: facts.customer.id, message };
  const found = chooseOutcome(facts);
  const outcome = { ...found, reasons: [...facts.channelReasons, ...found.reasons] };
  if (outcome.do === 'skip') return store.commit(skipped(draft, outcome, now));
  if (outcome.do === 'hold') return store.commit(held(draft, outcome, now));
  const skip = (reason: string): Promise<void> =>
    store.commit(skipped(draft, { reason, reasons: [...outcome.reasons, reason] }, now));
  const rendered = await renderMessage(draft, facts, settings, ctx);
  if ('fault' in rendered) return skip(rendered.fault);
  const full = isFirst(draft) ? await relayLimit(draft.request, facts, ctx) : undefined;
  if (full) return skip(full);
  const { message: sent, changes } = sending(draft, rendered, { outcome, facts, now });
  const asks = isFirst(draft) && !facts.isProven ? [asking(sent, now)] : [];
  await store.commit([...changes, ...asks]);
  return deliver(ctx, { message: sent, request: draft.request, content: rendered.content, facts, settings });
};

/** The transaction that stores a message as `sending` comes before the provider: a repetition that finds it waits for a report. */
export const decideMessage: Reaction<typeof subscriptions.decideMessage> = async (event, ctx) => {
  const { now, store } = ctx;
  const { customerId } = event;
  if (!customerId) return;
  const id = event.type === 'message.requested' ? messageIdOf({ customerId, ...event.data }) : event.about;
  const [before, request] = await Promise.all([store.get(messages, { id }), requestOf(event, ctx)]);
  if (!request || (!before && event.type !== 'message.requested')) return;
  const left = before ? leftOf(event, before, now) : 'decide';
  if (left === 'nothing') return;
  if (left === 'wait') throw new Error(`${id} is being sent; its outcome is known later`);
  if (before && left === 'await report') return awaitReport(ctx, before, request);
  if (before && left === 'give up') return giveUp(ctx, before);
  const pending: Pending = { id, request, customerId, ...(before ? { before } : {}) };
  const [facts, settings] = await Promise.all([factsFor(pending, ctx), preferenceSettings.of(store)]);
  if (facts) await decide(pending, facts, settings, ctx);
};

export const reaction = consume('decideMessage', subscriptions.decideMessage, decideMessage, { once: false });
