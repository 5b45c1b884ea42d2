import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import type { Change } from '../shared/store/changes.ts';
import { chooseOutcome, type Outcome } from './choose-outcome.ts';
import { subscriptions } from './contract.ts';
import { claims, type Message, messages, requests } from './message.ts';
import { held, type Matter, newMessage, queued, skipped } from './outcome-changes.ts';
import { contentOf, rendered } from './rendered.ts';
import { unsubscribeUrl } from './unsubscribe-token.ts';
import { type Asked, type Gathered, gather } from './what-is-known.ts';

type Event = Parameters<Reaction<typeof subscriptions.decideMessage>>[0];

/** the request with the message that it held, if any; undefined when there is nothing left to decide */
const askedBy = async (event: Event, { store }: Ctx): Promise<Asked | undefined> => {
  const { customerId } = event;
  if (!customerId) return undefined;
  if (event.type === 'message.requested') {
    const { cause, step } = event.data;
    const claimed = await store.get(claims, { customerId, cause, step });
    return claimed ? undefined : { request: event.data, customerId };
  }
  const [before, request] = await Promise.all([
    store.get(messages, { id: event.about }),
    store.get(requests, { id: event.about }),
  ]);
  return request && before?.state === 'held' ? { request, customerId, before } : undefined;
};

/** an outcome to send becomes a skip where there is nothing that could be sent */
const withContent = async (matter: Matter, outcome: Outcome, known: Gathered, ctx: Ctx): Promise<Change[]> => {
  if (outcome.do === 'skip') return skipped(matter, outcome, ctx.now);
  if (outcome.do === 'hold') return held(matter, outcome, ctx.now);
  const content = contentOf(matter.request, known.template);
  const { customerId, id, channel, topic } = matter.message;
  const link =
    topic === null
      ? null
      : await unsubscribeUrl({ tenant: ctx.tenant, customerId, channel, topic, messageId: id }, ctx.now);
  const { url: preferencesUrl } = await preferencesLink(ctx, customerId, 'message');
  const { scope, event } = matter.request;
  const tenant = { name: known.settings.fromName ?? ctx.tenant };
  const inScope = { ...scope, customer: known.customer, event, tenant, preferencesUrl };
  const composed = 'fault' in content ? content : rendered(content, inScope, link);
  if ('fault' in composed) {
    return skipped(matter, { reason: composed.fault, reasons: [...outcome.reasons, composed.fault] }, ctx.now);
  }
  return queued(matter, { ...composed, unsubscribeUrl: link }, { outcome, known, now: ctx.now });
};

export const decideMessage: Reaction<typeof subscriptions.decideMessage> = async (event, ctx) => {
  const asked = await askedBy(event, ctx);
  const known = asked && (await gather(asked, ctx));
  if (!known) return;
  // it goes to whom the customer was merged into meanwhile
  const meant = { ...asked, customerId: known.customer.id };
  const message: Message = asked.before ?? newMessage(meant, known.to, ctx.now);
  const matter = { ...meant, message };
  await ctx.store.commit(await withContent(matter, chooseOutcome(known), known, ctx));
};

export const handler = consume('decideMessage', subscriptions.decideMessage, decideMessage);
