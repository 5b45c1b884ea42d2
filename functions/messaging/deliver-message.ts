import {
  messageDeliveryUnknown,
  messageFailed,
  messageRetryDue,
  messageSent,
  messageSkipped,
} from '../../events/message.ts';
import { preferenceSettings } from '../consent/preference-settings.ts';
import { customerById } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, eventOf, put, schedule, update, updated } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { plus, toMs } from '../shared/time/duration.ts';
import { cleared } from './cleared.ts';
import { optOuts, suppressions } from './contact-history.ts';
import { subscriptions } from './contract.ts';
import { contents, type Message, messages } from './message.ts';
import { logged } from './outcome-changes.ts';
import { pace, paced } from './pace.ts';
import { releaseEmail, sendEmail, sendSms } from './providers.ts';
import { messagingSettings } from './settings.ts';

/** how long to wait for the provider's report before anything is sent again */
const reportWithin = 'PT10M';
const mostAttempts = 3;
/** longer than a function lives */
const sendingMs = 60_000;
/** a mailing larger than the daily quota takes days */
const longestPostponedMs = 3 * 86_400_000;

/** a message with other fields, as far as it was delivered */
const moved = (now: string, message: Message, fields: Partial<Message>): Change =>
  update(messages, message, updated(now, message, fields));

/** what is kept of a content that is not needed any more */
const kept = async (store: Store, id: string): Promise<Change[]> => {
  const content = await store.get(contents, { id });
  return content ? [put(contents, cleared(content))] : [];
};

const failed = (now: string, message: Message, reason: string): Change[] => [
  moved(now, message, { state: 'failed', reason }),
  eventOf(messageFailed, message, { reason }),
];

const skipped = (now: string, message: Message, reason: string): Change[] => [
  moved(now, message, { state: 'skipped', reason }),
  logged(message, 'skipped', [reason], now),
  eventOf(messageSkipped, message, { reason }),
];

const blockedBy = async ({ store }: Ctx, { customerId, channel, topic, to, updatedAt }: Message) => {
  const [customer, out, suppression] = await Promise.all([
    customerById(store, customerId),
    topic === null ? undefined : store.get(optOuts, { customerId, channel, topic }),
    store.get(suppressions, { channel, address: to ?? '' }),
  ]);
  if (!customer) return 'the customer was erased';
  if (suppression) return `the address is suppressed since ${suppression.at}: ${suppression.reason}`;
  return out && out.at >= updatedAt ? `unsubscribed from ${topic} by ${channel} on ${out.at}` : undefined;
};

/** `sending` is stored before the provider is called: a later delivery that finds it cannot know the outcome, and waits */
const send = async (ctx: Ctx, message: Message): Promise<void> => {
  const { now, store, tenant } = ctx;
  const provider = message.channel === 'sms' ? sendSms : sendEmail;
  const [content, { fromName, tracking = true }, { name, repliesTo }, blocked] = await Promise.all([
    store.need(contents, { id: message.id }),
    messagingSettings.of(store),
    preferenceSettings.of(store),
    blockedBy(ctx, message),
  ]);
  const keep = put(contents, cleared(content));
  if (blocked) return store.commit([...skipped(now, message, blocked), keep]);
  const sending = updated(now, message, { state: 'sending', attempts: message.attempts + 1 });
  await store.commit([update(messages, message, sending)]);
  await paced();
  const failure = await provider({
    tenant,
    message: sending,
    content,
    fromName: fromName ?? name,
    repliesTo,
    tracking,
  });
  pace(failure?.kind === 'throttled');
  if (!failure) {
    await store.commit([moved(now, sending, { state: 'sent', reason: null }), eventOf(messageSent, sending), keep]);
  } else if (failure.kind === 'rejected') {
    await store.commit([...failed(now, sending, failure.reason), keep]);
  } else if (failure.kind === 'throttled') {
    await postpone(ctx, message, sending, failure.name);
  } else if (failure.kind === 'not accepted') {
    await store.commit([moved(now, sending, { state: 'queued' })]);
    throw new Error(`the provider did not accept ${message.id}: ${failure.name}`); // its message may contain the address
  } else await wait(ctx, sending);
};

/**
 * The provider takes no more at present: the message stays queued and is tried again, the later the older it is and at random,
 * so that the messages of a mailing do not come back together.
 */
const postpone = async ({ now, store }: Ctx, before: Message, sending: Message, name: string) => {
  const age = toMs(now) - toMs(before.createdAt);
  const { customerId, id } = before;
  if (age > longestPostponedMs) {
    const changes = failed(now, sending, `not accepted for days: ${name}`);
    return store.commit([...changes, ...(await kept(store, id))]);
  }
  const pause = Math.min(Math.max(age, 30_000), 900_000) * (0.5 + Math.random());
  const at = new Date(toMs(now) + pause).toISOString();
  await store.commit([
    moved(now, sending, { state: 'queued', attempts: before.attempts, reason: `waits for the provider: ${name}` }),
    schedule(at, messageRetryDue, { customerId, about: id, data: {} }),
  ]);
};

const wait = async ({ now, store }: Ctx, message: Message) => {
  const { customerId, id, attempts: attempt } = message;
  await store.commit([
    moved(now, message, { reason: 'delivery unknown: waiting for the provider’s report' }),
    schedule(plus(now, reportWithin), messageDeliveryUnknown, { customerId, about: id, data: { attempt } }),
  ]);
};

/** No report in time: an e-mail was not sent, as SES reports every send; a text message may have been. */
const resolve = async (ctx: Ctx, message: Message, attempt: number) => {
  if (message.state !== 'sending' || message.attempts !== attempt) return;
  if (message.channel === 'email' && attempt < mostAttempts) return send(ctx, { ...message, reason: null });
  const reason = 'the provider may have accepted it but did not report it; not sent again';
  await ctx.store.commit([...failed(ctx.now, message, reason), ...(await kept(ctx.store, message.id))]);
};

export const deliverMessage: Reaction<typeof subscriptions.deliverMessage> = async (event, ctx) => {
  const message = await ctx.store.get(messages, { id: event.about });
  if (!message) return;
  if (event.type === 'suppression.released') return releaseEmail(message);
  if (message.state === 'queued') return send(ctx, message);
  if (event.type === 'message.delivery-unknown') return resolve(ctx, message, event.data.attempt);
  if (message.state !== 'sending' || message.reason) return;
  // a repeated delivery: the first one is still running, or failed after it stored `sending`
  const since = Date.parse(ctx.now) - Date.parse(message.updatedAt);
  if (since < sendingMs) throw new Error(`${message.id} is being sent; its outcome is known later`);
  return wait(ctx, message);
};

export const reaction = consume('deliverMessage', subscriptions.deliverMessage, deliverMessage, { once: false });
