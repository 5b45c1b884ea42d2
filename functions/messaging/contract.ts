import * as z from 'zod';
import { campaignCancelled, campaignPaused, campaignResumed } from '../../events/campaign.ts';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId, MessageId } from '../../events/ids.ts';
import { messageDeliveryUnknown, messageDue, messageRequested, suppressionReleased } from '../../events/message.ts';
import { retentionDue } from '../../events/retention.ts';
import { customerNotFound } from '../customers/errors.ts';
import { Key, line, UserId } from '../shared/fields.ts';
import { creates, Instant, lists, on, onExternal, page, paging, route, work } from '../shared/http/contract.ts';
import { Device, DeviceFields } from './addresses.ts';
import { Call, CallEnd, CallFields } from './call.ts';
import { Suppression } from './contact-history.ts';
import {
  callDone,
  letterFileNotFound,
  letterNotFound,
  letterNotPrinted,
  messageNotFound,
  noCallDue,
  pauseNotFound,
  suppressionNotFound,
  tooManyDevices,
} from './errors.ts';
import { Letter, LetterFile, LetterFileFields } from './letter.ts';
import { Message, MessageContent, states } from './message.ts';
import { Pause, sendingStopped } from './pause.ts';
import { MessagingRules, MessagingSettings } from './settings.ts';

const MessageReply = Message.omit({ step: true, attempts: true, firstClick: true });

const Outcome = z.object({ outcome: z.enum(['send', 'skip', 'hold']), reason: z.string() });

/** the outcome for a message to a customer now, on each channel and topic of which anything is known */
const Contactability = z.object({
  customerId: CustomerId,
  preferredChannel: Channel.nullable(),
  lastSentAt: Instant.nullable(),
  channels: z.array(
    z.object({
      channel: Channel,
      suppressed: z
        .object({ reason: z.string(), since: Instant })
        .nullable()
        .describe('why and since when nothing is sent to the address, such as a bounce or a complaint'),
      transactional: Outcome,
      topics: z.array(Outcome.extend({ topic: Topic })),
    }),
  ),
});

export const about = 'Messages that were sent, or not, and why; the rules for all messages; unsubscribing.';

export const messageRoutes = {
  listMessages: route('GET /v1/messages', {
    summary: 'List messages to a customer or in a state, newest first, with those that were not sent and why',
    scope: 'messages.read',
    query: z
      .strictObject({ customerId: CustomerId.optional(), state: z.enum(states).optional(), ...paging })
      .refine(({ customerId, state }) => customerId || state, {
        path: ['customerId'],
        message: 'is missing: give a customerId, a state, or both',
      }),
    reply: page(MessageReply),
  }),
  readMessage: route('GET /v1/messages/{id}', {
    summary: 'Read a message with its rendered content',
    scope: 'messages.read',
    reply: MessageReply.extend({
      content: MessageContent.pick({ html: true, text: true })
        .nullable()
        .describe('without one-time codes and signatures of links; null without the scope `messages.confidential`'),
    }),
  }),
  readContactability: route('GET /v1/customers/{id}/contactability', {
    summary:
      'Read on which channels and topics a customer can be contacted now, and why not on the others: the decision that every message gets',
    scope: 'messages.read',
    reply: Contactability,
  }),
  listSuppressions: route('GET /v1/suppressions', {
    summary: 'List the addresses that nothing is sent to after a bounce or a complaint, newest first, with the reason',
    scope: 'messages.read',
    ...lists(Suppression),
  }),
  releaseAddress: route('POST /v1/suppressions/release', {
    summary: 'Release an address, so that messages are sent to it again, also from the list of the mail provider',
    scope: 'messages.write',
    body: z.strictObject({
      channel: Channel,
      address: line(254),
      reason: line(500).describe('why messages will arrive and are wanted'),
    }),
    reply: Suppression,
    errors: [suppressionNotFound],
    example: { channel: 'email', address: 'ada.tan@example.com', reason: 'The mailbox was full and is in use again' },
  }),
  listPauses: route('GET /v1/messaging/pauses', {
    summary: 'List the topics and campaigns whose messages wait because too many bounced or were marked as spam',
    scope: 'messages.read',
    ...lists(Pause),
  }),
  releasePause: route('POST /v1/messaging/pauses/{id}/release', {
    summary: 'Send a paused topic or campaign again; what waits is decided about at once',
    scope: 'messages.write',
    body: z.strictObject({ reason: line(500).describe('what was done about the addresses or the content') }),
    reply: Pause,
    errors: [pauseNotFound],
    example: { reason: 'The addresses of the old shop were taken out' },
  }),
  readSettings: route('GET /v1/settings/messaging', {
    summary: 'Read frequency caps, send windows, quiet hours, guards and sender',
    scope: 'settings.read',
    reply: MessagingSettings,
  }),
  changeSettings: route('PUT /v1/settings/messaging', {
    summary: 'Set frequency caps, send windows, quiet hours, guards and sender. What is left out is switched off',
    scope: 'settings.admin',
    body: MessagingRules,
    reply: MessagingSettings,
    example: {
      frequencyCaps: [{ channel: 'email', max: 2, per: 'P7D' }],
      quietHours: { from: '21:00', to: '08:00' },
      sendWindows: [{ channel: 'sms', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }],
      defaultTimeZone: 'Asia/Singapore',
      fromName: 'Auto Inc.',
    },
  }),
};

const MyMessage = z.object({
  id: MessageId,
  topic: Topic.nullable(),
  subject: z.string().nullable(),
  text: z.string(),
  at: Instant,
  read: z.boolean(),
});

export const ownMessageRoutes = {
  listMyMessages: route('GET /v1/me/messages', {
    summary: 'List the customer’s own in-app messages, newest first',
    auth: 'customer',
    ...lists(MyMessage),
  }),
  markRead: route('POST /v1/me/messages/{id}/read', {
    summary: 'Mark an in-app message as read',
    auth: 'customer',
    reply: MyMessage,
    errors: [messageNotFound],
  }),
  addDevice: route('POST /v1/customers/{id}/devices', {
    summary: 'Add a device of a customer that takes push messages; the same token again changes nothing',
    scope: 'customers.write',
    body: DeviceFields,
    reply: Device,
    status: 201,
    errors: [tooManyDevices],
    example: { token: 'fGhT…', platform: 'android' as const },
  }),
  removeDevice: route('DELETE /v1/customers/{id}/devices/{deviceId}', {
    summary: 'Remove a device: its token takes no push messages any more',
    scope: 'customers.write',
    reply: Device,
    errors: [messageNotFound],
  }),
};

export const callRoutes = {
  listCalls: route('GET /v1/calls', {
    summary: 'List the calls to make, with script and number, those that are due first',
    scope: 'activities.read',
    ...lists(Call, {
      state: Call.shape.state.default('open'),
      queue: Key.optional().describe('of open ones'),
      assignedTo: UserId.optional(),
    }),
  }),
  promiseCall: route('POST /v1/calls', {
    summary: 'Put a call to a customer on a queue of the call list, such as a call-back or a welcome call',
    scope: 'activities.write',
    body: CallFields,
    reply: Call,
    ...creates('/v1/calls'),
    errors: [customerNotFound],
    example: { customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z', queue: 'call-backs', script: 'About the brake pads' },
  }),
  takeCall: route('POST /v1/calls/next', {
    summary: 'Take the call that is due first and nobody has, of a queue or of all',
    scope: 'activities.write',
    body: z.strictObject({ queue: Key.optional(), assignedTo: UserId.optional().describe('default: who asks') }),
    reply: Call,
    errors: [noCallDue],
    example: { queue: 'call-backs' },
  }),
  assignCall: route('POST /v1/calls/{id}/assign', {
    summary: 'Assign a call to a staff member, or to nobody',
    scope: 'activities.write',
    body: z.strictObject({ assignedTo: UserId.nullable() }),
    reply: Call,
    errors: [callDone],
    example: { assignedTo: '5f0c' },
  }),
  endCall: route('POST /v1/calls/{id}/outcome', {
    summary: 'Record what a call came to: who was not reached is called again, who does not want calls never',
    scope: 'activities.write',
    body: CallEnd,
    reply: Call,
    errors: [callDone],
    example: { outcome: 'noAnswer' },
  }),
};

export const letterRoutes = {
  listLetters: route('GET /v1/letters', {
    summary: 'List the letters in a state; those to print, the oldest first',
    scope: 'activities.read',
    ...lists(Letter, { state: Letter.shape.state.default('open'), batch: z.string().max(60).optional() }),
  }),
  returnLetter: route('POST /v1/letters/{id}/returned', {
    summary: 'Record that a letter came back: nothing is sent to that address any more',
    scope: 'activities.write',
    body: z.strictObject({ reason: line(500) }),
    reply: Letter,
    errors: [letterNotFound, letterNotPrinted],
    example: { reason: 'moved away' },
  }),
  createLetterFile: route('POST /v1/letter-files', {
    summary:
      'Gather the open letters of a campaign or a day, or all, in one file to print: each is in one file, unless consent was withdrawn since',
    scope: 'activities.write',
    body: LetterFileFields,
    reply: LetterFile,
    ...creates('/v1/letter-files'),
    example: { batch: '2026-12-01' },
  }),
  listLetterFiles: route('GET /v1/letter-files', {
    summary: 'List files of letters, the latest first; they are available for a week',
    scope: 'activities.read',
    ...lists(LetterFile),
  }),
  readLetterFile: route('GET /v1/letter-files/{id}', {
    summary: 'Read the progress of a file of letters, and the link to it',
    scope: 'activities.read',
    reply: LetterFile,
    errors: [letterFileNotFound],
  }),
};

export const unsubscribeRoutes = {
  showUnsubscribe: route('GET /v1/unsubscribe/{token}', {
    summary: 'The page of an unsubscribe link: with a button, because mail scanners follow links',
    auth: 'link',
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
  }),
  unsubscribe: route('POST /v1/unsubscribe/{token}', {
    summary: 'Withdraw consent for the channel and topic of a message, with one click (RFC 8058)',
    auth: 'link',
    rawBody: true, // mail clients post a form; its content does not matter
    reply: z.string(),
    produces: 'text/html; charset=utf-8',
  }),
};

export const routes = { ...messageRoutes, ...ownMessageRoutes, ...callRoutes, ...letterRoutes, ...unsubscribeRoutes };

export const uses = ['files' as const];

export const subscriptions = {
  decideMessage: on(
    [messageRequested, messageDue, messageDeliveryUnknown],
    'decides whether a requested message is sent, skipped or held, renders it, and gives it to the provider as fast as that takes it',
    ['mail', 'sms'],
  ),
  stopCampaign: on(
    [campaignPaused, campaignResumed, campaignCancelled],
    'holds the messages of a paused campaign that wait, sends them when it is resumed, skips them when it is cancelled',
  ),
  releaseAddress: on([suppressionReleased], 'releases addresses at the mail provider', ['mail', 'sms']),
  discardMessages: on([retentionDue], 'deletes messages that are older than the retention rules allow'),
  recordDelivery: onExternal(
    { bus: 'default', source: ['aws.ses'] },
    'records the mail provider’s delivery reports, and pauses topics and campaigns that bounce',
    [],
    {
      name: 'sending-paused',
      says: sendingStopped,
      summary: 'the e-mails of a topic or a campaign were paused: too many bounced or were marked as spam',
      action:
        '`GET /v1/messaging/pauses` names the company’s topics and campaigns, with the rates. Nothing is lost: their messages wait. Find where the addresses came from and whether people asked for these mails; then `POST /v1/messaging/pauses/{id}/release` with the reason.',
    },
  ),
};

export const works = {
  'resume-sending': work('decides again about the messages that waited for the release of a topic or a campaign'),
  'print-letters': work('gathers letters in a file to print', ['files']),
};
