import { messageDeliveryUnknown, messageFailed, messageSent, messageSkipped } from '../../events/message.ts';
import { customerById } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, emit, schedule, update, updated } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { plus } from '../shared/time/duration.ts';
import { optOuts, suppressions } from './contact.ts';
import { subscriptions } from './contract.ts';
import { contents, type Message, messages } from './message.ts';
import { about } from './said-of-message.ts';
import { sendEmail } from './send-email.ts';
import { sendSms } from './send-sms.ts';
import { messagingSettings } from './settings.ts';

/** how long the provider's own report of a send is waited for before anything is sent again */
const doubt = 'PT10M';
const mostAttempts = 3;
/** longer than a function lives */
const beingSentMs = 60_000;

const failed = (now: string, message: Message, reason: string): Change[] => [
  update(messages, message, updated(now, message, { state: 'failed', reason })),
  emit(messageFailed, about(message, { reason })),
];

const skipped = (now: string, message: Message, reason: string): Change[] => {
  const { customerId, cause } = message;
  return [
    update(messages, message, updated(now, message, { state: 'skipped', reason })),
    decided(now, { customerId, kind: 'message', outcome: 'skipped', reasons: [reason], cause }),
    emit(messageSkipped, about(message, { reason })),
  ];
};

/** why a message that was decided some time ago must not go out any more */
const forbidden = async ({ store }: Ctx, { customerId, channel, topic, to, updatedAt }: Message) => {
  const [customer, out, suppression] = await Promise.all([
    customerById(store, customerId),
    topic === null ? undefined : store.get(optOuts, { customerId, channel, topic }),
    store.get(suppressions, { channel, address: to ?? '' }),
  ]);
  if (!customer) return 'the customer was erased';
  if (suppression) return `the address is suppressed since ${suppression.at}: ${suppression.reason}`;
  return out && out.at >= updatedAt ? `unsubscribed from ${topic} by ${channel} on ${out.at}` : undefined;
};

/** `sending` is noted before the provider is called: whoever finds it there later does not know what happened, and waits */
const send = async (ctx: Ctx, message: Message): Promise<void> => {
  const { now, store, tenant } = ctx;
  const provider = message.channel === 'sms' ? sendSms : sendEmail;
  const [content, settings, why] = await Promise.all([
    store.need(contents, { id: message.id }),
    store.get(messagingSettings, {}),
    forbidden(ctx, message),
  ]);
  if (why) return store.commit(skipped(now, message, why));
  const sending = updated(now, message, { state: 'sending', attempts: message.attempts + 1 });
  await store.commit([update(messages, message, sending)]);
  const fault = await provider({ tenant, message: sending, content, fromName: settings?.fromName });
  if (!fault) {
    await store.commit([
      update(messages, sending, updated(now, sending, { state: 'sent' })),
      emit(messageSent, about(sending)),
    ]);
  } else if (fault.kind === 'refused') {
    await store.commit(failed(now, sending, fault.reason));
  } else if (fault.kind === 'not taken') {
    await store.commit([update(messages, sending, updated(now, sending, { state: 'queued' }))]);
    throw new Error(`the provider did not take ${message.id}: ${fault.name}`); // its words may hold the address
  } else await wait(ctx, sending);
};

const wait = async ({ now, store }: Ctx, message: Message) => {
  const { customerId, id, attempts: attempt } = message;
  await store.commit([
    update(messages, message, updated(now, message, { reason: 'in doubt: waiting for the provider’s report' })),
    schedule(plus(now, doubt), messageDeliveryUnknown, { customerId, about: id, data: { attempt } }),
  ]);
};

/** ten minutes and no report: an e-mail did not go out, of which SES would have told; of a text message nobody would */
const settle = async (ctx: Ctx, message: Message, attempt: number) => {
  if (message.state !== 'sending' || message.attempts !== attempt) return;
  if (message.channel === 'email' && attempt < mostAttempts) return send(ctx, { ...message, reason: null });
  const reason = 'the provider may have taken it, but never said so; not sent again';
  await ctx.store.commit(failed(ctx.now, message, reason));
};

export const deliverMessage: Reaction<typeof subscriptions.deliverMessage> = async (event, ctx) => {
  const message = await ctx.store.get(messages, { id: event.about });
  if (!message) return;
  if (message.state === 'queued') return send(ctx, message);
  if (event.type === 'message.delivery-unknown') return settle(ctx, message, event.data.attempt);
  if (message.state !== 'sending' || message.reason) return;
  // a repeated delivery: the first one is still at it, or died after it noted `sending`
  const since = Date.parse(ctx.now) - Date.parse(message.updatedAt);
  if (since < beingSentMs) throw new Error(`${message.id} is being sent; later it will be clear whether it was`);
  return wait(ctx, message);
};

export const handler = consume('deliverMessage', subscriptions.deliverMessage, deliverMessage, { once: false });
