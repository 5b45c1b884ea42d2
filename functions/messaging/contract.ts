import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { messageDeliveryUnknown, messageDue, messageQueued, messageRequested } from '../../events/message.ts';
import { retentionDue } from '../../events/retention.ts';
import { on, onExternal, page, paging, route } from '../shared/http/contract.ts';
import { Contactability } from './contactability.ts';
import { Message, MessageContent, states } from './message.ts';
import { MessagingRules, MessagingSettings } from './settings.ts';

const Shown = Message.omit({ step: true, attempts: true });

const Settings = z.object({
  ...MessagingRules.shape,
  version: MessagingSettings.shape.version.optional(),
  createdAt: MessagingSettings.shape.createdAt.optional(),
  updatedAt: MessagingSettings.shape.updatedAt.optional(),
});

export const about = 'What was sent to whom and why, or why not; the rules that every message obeys; the way out.';

export const routes = {
  listMessages: route('GET /v1/messages', {
    summary: 'Messages to a customer or in a state, latest first, also those that were not sent and why',
    scope: 'messages.read',
    query: z
      .strictObject({ customerId: CustomerId.optional(), state: z.enum(states).optional(), ...paging })
      .refine(({ customerId, state }) => customerId || state, {
        path: ['customerId'],
        message: 'ask for a customerId, a state, or both',
      }),
    reply: page(Shown),
  }),
  readMessage: route('GET /v1/messages/{id}', {
    summary: 'Read a message with its content as it was rendered',
    scope: 'messages.read',
    reply: Shown.extend({ content: MessageContent.pick({ html: true, text: true }).nullable() }),
  }),
  readContactability: route('GET /v1/customers/{id}/contactability', {
    summary: 'By what and on what a customer may be written to right now, and why not: as every message is decided',
    scope: 'messages.read',
    reply: Contactability,
  }),
  readSettings: route('GET /v1/settings/messaging', {
    summary: 'Read frequency caps, quiet hours and sender',
    scope: 'settings.read',
    reply: Settings,
  }),
  changeSettings: route('PUT /v1/settings/messaging', {
    summary: 'Set frequency caps, quiet hours and sender; what is left out is off',
    scope: 'settings.admin',
    body: MessagingRules,
    reply: MessagingSettings,
    example: {
      frequencyCaps: [{ channel: 'email', max: 2, per: 'P7D' }],
      quietHours: { from: '21:00', to: '08:00' },
      timeZone: 'Asia/Singapore',
      fromName: 'Auto Inc.',
    },
  }),
  showUnsubscribe: route('GET /v1/unsubscribe/{token}', {
    summary: 'The page behind an unsubscribe link: a button, since mail scanners follow links',
    auth: 'link',
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
  }),
  unsubscribe: route('POST /v1/unsubscribe/{token}', {
    summary: 'Withdraw consent for the channel and topic of a message, with one click (RFC 8058)',
    auth: 'link',
    rawBody: true, // mail clients post a form; what is in it does not matter
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
  }),
};

export const subscriptions = {
  decideMessage: on(
    [messageRequested, messageDue],
    'decides whether a requested message is sent, skipped or held, and renders it',
  ),
  deliverMessage: on([messageQueued, messageDeliveryUnknown], 'hands queued messages to the provider', ['mail', 'sms']),
  discardMessages: on([retentionDue], 'discards messages that are older than the company keeps them'),
  recordDelivery: onExternal(
    { bus: 'default', source: ['aws.ses'] },
    'notes what the mail provider says became of messages',
  ),
};
