import { webhookFailed, webhookSent } from '../../events/action.ts';
import { customerById, seenBy } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { sendWebhook, webhookSecret } from '../shared/http/webhook.ts';
import { emit, insert } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { LiquidFault, render } from '../shared/text/liquid.ts';
import { mapTexts } from '../shared/text/texts-in.ts';
import { claims } from './claim.ts';
import { subscriptions } from './contract.ts';

type Event = Parameters<Reaction<typeof subscriptions.callWebhook>>[0];

/** a queue gives up after so many */
const mostAttempts = 5;

const bodyOf = async ({ customerId, data }: Event, { store, tenant, now }: Ctx): Promise<unknown> => {
  const { body, shows, event, scope, cause, step } = data;
  const customer = await customerById(store, customerId ?? '');
  if (!customer) return undefined;
  const { id, type, occurredAt } = event ?? {};
  if (body === undefined) {
    const about = event ? { event: { id, type, occurredAt } } : {};
    return { type: 'webhook.requested', timestamp: now, data: { customerId: customer.id, cause, step, ...about } };
  }
  const seen = await seenBy({ scopes: new Set(shows), store }, customer, event);
  const variables = { ...scope, ...seen, tenant: { name: tenant } };
  return mapTexts(body, text => render(text, variables));
};

/** why it is not accepted; undefined: it was. Throws while it may be yet. */
const call = async (id: string, event: Event, ctx: Ctx): Promise<string | undefined> => {
  const { now, tenant, delivery } = ctx;
  try {
    const content = await bodyOf(event, ctx);
    if (content === undefined) return 'the customer does not exist any more';
    const body = typeof content === 'string' ? content : JSON.stringify(content);
    const tags = { 'rapport-tenant': tenant, 'rapport-customer': event.customerId ?? '' };
    const secrets = [await webhookSecret(tenant, now)];
    const failure = await sendWebhook({ id, url: event.data.url, body, secrets, now, tags });
    if (failure && !failure.final && delivery < mostAttempts) throw new Error(failure.reason);
    return failure?.reason;
  } catch (error) {
    if (error instanceof LiquidFault) return `the body cannot be rendered: ${error.message}`;
    throw error;
  }
};

/** The id of a call is the same for every attempt, so that its receiver tells repetitions apart. */
const callWebhook: Reaction<typeof subscriptions.callWebhook> = async (event, ctx) => {
  const { customerId, about, data } = event;
  const { cause, step } = data;
  const id = derivedId('message', 'webhook', customerId ?? '', cause, step);
  if (await ctx.store.get(claims, { id })) return;
  const reason = await call(id, event, ctx);
  const called = { host: new URL(data.url).host, cause, step };
  const outcome = reason
    ? emit(webhookFailed, { customerId, about, data: { ...called, reason } })
    : emit(webhookSent, { customerId, about, data: called });
  await ctx.store.commit([insert(claims, { id, at: ctx.now }), outcome]);
};

export const reaction = consume('callWebhook', subscriptions.callWebhook, callWebhook, { once: false });
