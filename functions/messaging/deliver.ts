import { messageDeliveryUnknown, messageDue, messageFailed, messageSent } from '../../events/message.ts';
import type { PreferenceSettings } from '../consent/preference-settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, eventOf, insert, put, schedule, update, updated } from '../shared/store/changes.ts';
import { plus, toMs } from '../shared/time/duration.ts';
import { devicesOf } from './addresses.ts';
import { calls, newCall } from './call.ts';
import type { DecisionFacts, Pending } from './facts.ts';
import { letterChanges, pageOf } from './letter.ts';
import { type Message, type MessageContent, messages, requests } from './message.ts';
import { pace, paced } from './pace.ts';
import { type Failure, type Outgoing, sendEmail, sendSms } from './providers.ts';
import { replyAddress } from './reply-address.ts';
import { sendLetter, sendPush, sendToWebhook } from './web-providers.ts';

/** how long to wait for the provider's report before anything is sent again */
const reportWithin = 'PT10M';
const mostAttempts = 3;
/** a mailing larger than the daily quota takes days */
const longestPostponedMs = 3 * 86_400_000;

type Request = Pending['request'];

/** a message with other fields, as far as it was delivered */
const moved = (now: string, message: Message, fields: Partial<Message>): Change =>
  update(messages, message, updated(now, message, fields));

const failed = (now: string, message: Message, reason: string): Change[] => [
  moved(now, message, { state: 'failed', reason }),
  eventOf(messageFailed, message, { reason }),
];

/** what is needed to decide about it again */
const kept = ({ id }: Message, request: Request): Change => put(requests, { ...request, id });

/** No report in time: an e-mail was not sent, as SES reports every send; a text message may have been, all else may be repeated. */
export const isTriedAgain = ({ channel, attempts }: Message) => channel !== 'sms' && attempts < mostAttempts;

export const giveUp = ({ now, store }: Ctx, message: Message): Promise<void> =>
  store.commit(failed(now, message, 'the provider may have accepted it but did not report it; not sent again'));

export const awaitReport = async ({ now, store }: Ctx, message: Message, request: Request): Promise<void> => {
  const { customerId, id, attempts: attempt } = message;
  await store.commit([
    moved(now, message, { reason: 'delivery unknown: waiting for the provider’s report' }),
    kept(message, request),
    schedule(plus(now, reportWithin), messageDeliveryUnknown, { customerId, about: id, data: { attempt } }),
  ]);
};

/**
 * The provider takes no more at present: the message stays queued and is decided about again, the later the older it is and at
 * random, so that the messages of a mailing do not come back together.
 */
const postpone = async ({ now, store }: Ctx, message: Message, request: Request, name: string): Promise<void> => {
  const age = toMs(now) - toMs(message.createdAt);
  const { customerId, id, attempts } = message;
  if (age > longestPostponedMs) return store.commit(failed(now, message, `not accepted for days: ${name}`));
  const pause = Math.min(Math.max(age, 30_000), 900_000) * (0.5 + Math.random());
  const at = new Date(toMs(now) + pause).toISOString();
  await store.commit([
    moved(now, message, { state: 'queued', attempts: attempts - 1, reason: `waits for the provider: ${name}` }),
    kept(message, request),
    schedule(at, messageDue, { customerId, about: id, data: {} }),
  ]);
};

type Delivery = {
  message: Message;
  request: Request;
  content: MessageContent;
  facts: DecisionFacts;
  settings: PreferenceSettings;
};

type Provider = (outgoing: Outgoing) => Promise<Failure | undefined>;

/** customers, callers and printers fetch it: there is nobody to give it to */
const fetched: Provider = async () => undefined;

const providerOf = async ({ message, content, facts }: Delivery, { store }: Ctx) => {
  const { channel, customerId } = message;
  const { settings, customer } = facts;
  const providers: Record<string, Provider> = {
    ...{ email: sendEmail, sms: sendSms, webhook: sendToWebhook },
    ...(settings.post && { post: sendLetter(settings.post.url, pageOf(customer, content)) }),
    ...(channel === 'push' && { push: sendPush(settings.push?.url ?? '', await devicesOf(customerId, store)) }),
  };
  return providers[channel] ?? fetched;
};

/** Gives a message that is stored as `sending` to its provider, and stores what came of it. */
export const deliver = async (ctx: Ctx, delivery: Delivery): Promise<void> => {
  const { message, request, content, facts, settings } = delivery;
  const { now, store, tenant } = ctx;
  const { fromName, tracking = true } = facts.settings;
  const provider = await providerOf(delivery, ctx);
  await paced();
  const { brand } = facts;
  const { thread } = request;
  const answers = thread && (await replyAddress(thread.mailbox, { tenant, now, caseId: message.cause }));
  const failure = await provider({
    tenant,
    now,
    message,
    content,
    sender: { name: brand?.senderName ?? brand?.name ?? fromName ?? settings.name, address: brand?.senderAddress },
    repliesTo: answers ?? brand?.replyTo ?? settings.repliesTo,
    references: thread?.references ?? [],
    tracking,
  });
  pace(failure?.kind === 'throttled');
  if (!failure) {
    const work = [
      ...(message.channel === 'phone' ? [insert(calls, newCall(message, content, now))] : []),
      ...(message.channel === 'post' && !facts.settings.post
        ? letterChanges(message, pageOf(facts.customer, content), now)
        : []),
    ];
    return store.commit([moved(now, message, { state: 'sent', reason: null }), eventOf(messageSent, message), ...work]);
  }
  if (failure.kind === 'rejected') return store.commit(failed(now, message, failure.reason));
  if (failure.kind === 'throttled') return postpone(ctx, message, request, failure.name);
  if (failure.kind === 'unknown') return awaitReport(ctx, message, request);
  await store.commit([moved(now, message, { state: 'queued' }), kept(message, request)]);
  throw new Error(`the provider did not accept ${message.id}: ${failure.name}`); // its message may contain the address
};
