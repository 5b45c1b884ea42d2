import * as z from 'zod';
import { Channel, Topic } from './customer.ts';
import { byStaff, bySystem, event, fromCustomer, internal } from './define.ts';

/** in Liquid; an e-mail has a subject */
export const Content = z.object({ subject: z.string().optional(), body: z.string() });

export const messageRequested = event('messaging', 'message.requested', internal, {
  summary: 'a message to a customer was requested; messaging decides whether and when it is sent',
  data: () =>
    z.object({
      channel: Channel,
      /** other channels in order, where the message cannot go by the first */
      fallback: z.array(Channel).max(8).optional(),
      /** by the customer's preferred channel first */
      preferred: z.boolean().optional(),
      /** null: transactional, needs no consent and counts against no cap */
      topic: Topic.nullable(),
      /** another address than the customer's own: one that it had */
      to: z.string().optional(),
      /** the public write key that brought it about */
      tracker: z.string().optional(),
      /** either a template or its own content */
      templateId: z.string().optional(),
      content: Content.optional(),
      campaignId: z.string().optional(),
      journeyId: z.string().optional(),
      /** which of several contents of a campaign or a split */
      variant: z.string().optional(),
      /** of a campaign that spares the customers whom no campaign reaches */
      control: z.literal('global').optional(),
      /** id of the trigger, case, order … that requests it */
      cause: z.string().min(1),
      /** (customer, cause, step) has at most one message, however often it is requested */
      step: z.string().min(1),
      /** the look and the sender of an e-mail, where no template says so */
      brandId: z.string().optional(),
      /** of an e-mail about a case: where its answer arrives, and which mails it answers */
      thread: z.object({ mailbox: z.string().nullable(), references: z.array(z.string()) }).optional(),
      /** RFC 3834, in the header Auto-Submitted; `no`: a person wrote it */
      autoSubmitted: z.enum(['auto-generated', 'auto-replied', 'no']).optional(),
      /** links by the names of their Liquid variables; they are signed when the message is rendered, so that no event has a signature */
      links: z
        .record(
          z.string(),
          z.object({ purpose: z.enum(['confirm-consent', 'quote', 'rating']), claims: z.record(z.string(), z.json()) }),
        )
        .optional(),
      /** what a one-time code, `{{ code }}`, is derived from when the message is rendered */
      codeOf: z.string().optional(),
      /** further Liquid variables */
      scope: z.record(z.string(), z.unknown()).optional(),
      /** the event that led to it, for `{{ event }}` */
      event: z.record(z.string(), z.unknown()).optional(),
    }),
  example: {
    channel: 'email',
    topic: 'newsletter',
    templateId: 'tpl_01jd5e7k3m9q2r4t6v8w0x1y2z',
    cause: 'trg_01jd5e7k3m9q2r4t6v8w0x1y2z',
    step: 'evt_01jd5e7k3m9q2r4t6v8w0x1y2z#0',
    event: { type: 'tracked.track', data: { event: 'Product Viewed', properties: { sku: 'AX-7' } } },
  },
});

const origin = {
  templateId: z.string().optional(),
  campaignId: z.string().optional(),
  journeyId: z.string().optional(),
  variant: z.string().optional(),
};
const Sent = z.object({ channel: Channel, topic: Topic.nullable(), cause: z.string(), ...origin });
/** `createdAt`: when the message was decided about, and so the address that it went to */
const Undelivered = Sent.extend({ createdAt: z.iso.datetime(), reason: z.string() });
const createdAt = '2026-12-01T00:00:00.000Z';
const sent = {
  channel: 'email',
  topic: 'newsletter',
  cause: 'trg_01jd5e7k3m9q2r4t6v8w0x1y2z',
} as const;

export const messageSkipped = event('messaging', 'message.skipped', internal, {
  summary: 'a message is not sent, for the given reason',
  data: () => Sent.extend({ reason: z.string() }),
  example: { ...sent, reason: 'no consent to newsletter by email' },
});

export const messageHeld = event('messaging', 'message.held', internal, {
  summary: 'a message waits for a time at which the rules allow it, such as the end of the customer’s quiet hours',
  data: () => Sent.extend({ until: z.iso.datetime() }),
  example: { ...sent, until: '2026-12-01T00:00:00.000Z' },
});

export const messageDue = event('timers', 'message.due', internal, {
  summary:
    'the wait of a held message, or of one that the provider had no capacity for, is over; it is decided about again',
  data: () => z.object({}),
  example: {},
});

export const messageDeliveryUnknown = event('timers', 'message.delivery-unknown', internal, {
  summary: 'ten minutes after a message was given to the provider its delivery is still unknown',
  data: () => z.object({ attempt: z.int() }),
  example: { attempt: 1 },
});

export const messageSent = event('messaging', 'message.sent', internal, {
  contact: 'out',
  summary: 'the provider has accepted a message',
  data: () => Sent,
  example: sent,
});

export const messageFailed = event('messaging', 'message.failed', internal, {
  summary: 'the provider has rejected a message permanently',
  data: () => Undelivered,
  example: { ...sent, createdAt, reason: 'Email address is not verified' },
});

export const messageDelivered = event('messaging', 'message.delivered', internal, {
  summary: 'a message has reached the mailbox or phone',
  data: () => Sent,
  example: sent,
});

export const messageOpened = event('messaging', 'message.opened', fromCustomer, {
  summary: 'a message was opened for the first time; `machine`: by a scanner or an image proxy, and by no person yet',
  data: () => Sent.extend({ machine: z.boolean().optional() }),
  example: { ...sent, machine: false },
});

export const messageClicked = event('messaging', 'message.clicked', fromCustomer, {
  summary: 'a link in a message was followed for the first time; `machine`: by a scanner, and by no person yet',
  data: () => Sent.extend({ link: z.string().optional(), machine: z.boolean().optional() }),
  example: { ...sent, machine: false, link: 'https://auto.example/cars/ax-7' },
});

export const messageBounced = event('messaging', 'message.bounced', bySystem, {
  summary: 'a message bounced; after a permanent bounce its address is suppressed',
  data: () => Undelivered.extend({ permanent: z.boolean() }),
  example: { ...sent, createdAt, permanent: true, reason: 'smtp; 550 5.1.1 user unknown' },
});

export const messageComplained = event('messaging', 'message.complained', bySystem, {
  summary: 'a customer marked a message as spam; its address is suppressed',
  data: () => Sent.extend({ reason: z.string() }),
  example: { ...sent, reason: 'abuse' },
});

export const messageUnsubscribed = event('messaging', 'message.unsubscribed', fromCustomer, {
  summary: 'a customer used the unsubscribe link of a message; the consent is withdrawn',
  data: () => z.object({ channel: Channel, topic: Topic }),
  example: { channel: 'email', topic: 'newsletter' },
});

const paused = {
  channel: Channel,
  topic: Topic.optional(),
  campaignId: z.string().optional(),
};

export const sendingPaused = event('messaging', 'sending.paused', bySystem, {
  summary: 'too many messages of a topic or a campaign bounced or were marked as spam: the rest waits for a release',
  data: () => z.object({ ...paused, reason: z.string() }),
  example: { channel: 'email', topic: 'newsletter', reason: '9 of 180 bounced: 5 %, limit 4 %' },
});

export const sendingReleased = event('messaging', 'sending.released', byStaff, {
  summary: 'a topic or a campaign that had been paused is sent again',
  data: () => z.object({ ...paused, reason: z.string() }),
  example: { channel: 'email', topic: 'newsletter', reason: 'The addresses of the old shop were taken out' },
});

export const suppressionReleased = event('messaging', 'suppression.released', byStaff, {
  summary: 'an address that bounced or complained was released: messages are sent to it again',
  data: () => z.object({ channel: Channel, reason: z.string() }),
  example: { channel: 'email', reason: 'The mailbox was full and is in use again' },
});

export const messagingSettingsChanged = event('messaging', 'messaging-settings.changed', byStaff, {
  summary: 'the messaging settings were changed: frequency caps, times, guards or the sender',
  data: () => z.looseObject({ frequencyCaps: z.array(z.looseObject({})) }),
  example: { frequencyCaps: [{ max: 3, per: 'P7D' }], quietHours: { from: '21:00', to: '08:00' } },
});

export const lettersGathered = event('messaging', 'letters.gathered', byStaff, {
  summary: 'letters are gathered in a file to print',
  data: () => z.object({ batch: z.string().optional() }),
  example: { batch: '2026-12-01' },
});
