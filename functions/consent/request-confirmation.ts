import { randomUUID } from 'node:crypto';
import { messageRequested } from '../../events/message.ts';
import { addressFields, type StoredCustomer } from '../customers/customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import { addressDigest } from './confirmation-link.ts';
import type { StoredConsent } from './consent.ts';
import { askedTooOften, noAddress, notAskable } from './errors.ts';
import { type ConsentChange, type ConsentFields, recordConsent } from './record-consent.ts';
import { voiceFor, written } from './service-mail.ts';
import { type Topic, topicName } from './topic.ts';

/** how long a link is valid, and how many are sent for the same consent */
const limits = { linkDays: 7, sent: 3, within: 'P1D' };

type LinkChannel = keyof typeof addressFields;

const subject = "{{ words.confirmSubject | replace: '…', topicName }}";

const texts = {
  email: {
    subject,
    body: `{{ words.confirmRequest | replace: '…', topicName }}

{{ words.confirmLink }}:
{{ confirmUrl }}

{{ words.confirmLasts | replace: '…', linkDays }} {{ words.confirmIgnore }}`,
  },
  sms: { body: `{{ tenant.name }}: ${subject} {{ confirmUrl }}` },
};

const needLinkChannel = (customer: StoredCustomer, channel: string): LinkChannel => {
  if (!Object.hasOwn(addressFields, channel)) {
    throw notAskable(
      `No link can be sent by ${channel}. Get the confirmation in another way and record it with \`proof\` and \`confirmed\`.`,
    );
  }
  if (!customer[addressFields[channel as LinkChannel]]) throw noAddress();
  return channel as LinkChannel;
};

type Requested = {
  customer: StoredCustomer;
  before: StoredConsent | undefined;
  fields: ConsentFields;
  topic: Topic | undefined;
  /** how long it is valid from its confirmation */
  validity?: string | undefined;
};

/** requests the message with the link; the event is not on the timeline, which staff may read */
const linkMessage = async (
  { customer, topic }: Requested,
  consent: StoredConsent,
  by: LinkChannel,
  ctx: Ctx,
): Promise<Change> => {
  const { channel, confirmBy: until = ctx.now, request } = consent;
  const claims = {
    customerId: customer.id,
    channel,
    topic: consent.topic,
    requestId: request?.id ?? '',
    until,
    to: addressDigest(customer[addressFields[by]]),
  };
  const { words } = await voiceFor(ctx.store, customer);
  const message = written(words, texts[by], {
    topicName: topicName(topic, consent.topic, words.locale),
    linkDays: limits.linkDays,
  });
  const templateId = topic?.confirmTemplateId;
  return emit(messageRequested, {
    customerId: customer.id,
    about: customer.id,
    of: ['consent-request', customer.id],
    until,
    data: {
      channel,
      topic: null,
      ...message,
      ...(templateId && by === 'email' ? { templateId, content: undefined } : {}),
      cause: customer.id,
      step: `consent to ${consent.topic} by ${channel} ${ctx.now}`,
      links: { confirmUrl: { purpose: 'confirm-consent', claims } },
    },
  });
};

/** A grant that waits for confirmation. `again`: another link must be sent; otherwise a recent one is enough. */
export const requestConfirmation = async (
  requested: Requested,
  ctx: Ctx,
  { again }: { again: boolean },
): Promise<ConsentChange> => {
  const { customer, before, fields, validity } = requested;
  const { now } = ctx;
  const by = needLinkChannel(customer, fields.channel);
  const pending = before?.status === 'pending' ? before : undefined;
  const recent = (before?.request?.sent ?? []).filter(at => plus(at, limits.within) > now);
  const nextLinkAt = recent.length < limits.sent ? undefined : plus(recent[0] ?? now, limits.within);
  if (nextLinkAt && (again || !pending)) {
    const retryAfter = Math.ceil((Date.parse(nextLinkAt) - Date.parse(now)) / 1000);
    throw askedTooOften(undefined, { retryAfter });
  }
  const sent = nextLinkAt ? recent : [...recent, now];
  const request = { id: pending?.request?.id ?? randomUUID(), sent, validity };
  const confirmBy = (nextLinkAt && pending?.confirmBy) || plus(now, `P${limits.linkDays}D`);
  const recorded = recordConsent(ctx, before, { ...fields, status: 'pending', confirmBy, request });
  if (nextLinkAt) return recorded;
  return { ...recorded, changes: [...recorded.changes, await linkMessage(requested, recorded.consent, by, ctx)] };
};
