import * as z from 'zod';
import { CaseId } from '../../events/ids.ts';
import { caseNotFound } from '../service/errors.ts';
import { LanguageTag, line, prose } from '../shared/fields.ts';
import { lists, route } from '../shared/http/contract.ts';
import { Email } from '../shared/text/email.ts';
import { inboundNotQuarantined, mailboxNotFound, mailboxTaken, senderMissing } from './errors.ts';
import { Mailbox, MailboxFields } from './mailbox.ts';
import { outcomes, Received } from './received.ts';
import { ShownMessage } from './shown-message.ts';

export const channels = ['sms', 'whatsapp', 'chat', 'form', 'social', 'voice', 'webhook'] as const;

export const OtherMessage = z.strictObject({
  channel: z.enum(channels),
  externalId: line(200).optional().describe('its id on the channel: the same one again changes nothing'),
  conversationId: line(200).optional().describe('what holds the messages of one thread together on the channel'),
  from: z.strictObject({
    email: Email.optional(),
    phone: line(30).optional().describe('E.164'),
    name: line(200).optional(),
  }),
  subject: line(300).optional(),
  text: prose(20_000),
  language: LanguageTag.optional(),
});

export const Answer = z.object({
  outcome: z.enum(outcomes),
  caseId: z.string().optional(),
  automatic: Received.shape.automatic,
  message: ShownMessage,
});

const read = { scope: 'service.read' } as const;
const write = { scope: 'service.write' } as const;

export const conversationRoutes = {
  readThread: route('GET /v1/cases/{id}/messages', {
    summary: 'List the messages of a case on all channels, newest first, with internal notes',
    ...read,
    ...lists(ShownMessage.extend({ caseId: CaseId })),
    errors: [caseNotFound],
  }),
  receiveMessage: route('POST /v1/inbound', {
    summary:
      'Hand over a message of another channel: a text message, a chat, a form, a social network, a call. It opens a case, or joins the one of its conversation',
    ...write,
    body: OtherMessage,
    reply: Answer,
    errors: [senderMissing],
    example: { channel: 'sms', externalId: 'SM1', from: { phone: '+6591234567' }, text: 'Is my car ready?' },
  }),
  receiveForm: route('POST /v1/inbound/forms', {
    summary:
      'Hand over a message of a web form or a web chat, with a public write key; it always opens a case of its own',
    auth: 'writeKey',
    body: OtherMessage.omit({ channel: true, conversationId: true }).extend({
      channel: z.enum(['form', 'chat']).default('form'),
    }),
    reply: z.object({ received: z.literal(true) }),
    status: 202,
    errors: [senderMissing],
    example: { from: { email: 'ada.tan@example.com', name: 'Ada Tan' }, text: 'When are you open?' },
  }),
  listInbound: route('GET /v1/inbound', {
    summary: 'List what arrived and opened nothing, newest first: automatic mail, reports, quarantine',
    ...read,
    ...lists(Received, { outcome: z.enum(outcomes).optional() }),
  }),
  readInbound: route('GET /v1/inbound/{id}', {
    summary: 'Read what became of a message that arrived',
    ...read,
    reply: Received,
  }),
  releaseInbound: route('POST /v1/inbound/{id}/release', {
    summary: 'Release a mail from quarantine: it opens its case or joins it',
    ...write,
    reply: Answer,
    errors: [inboundNotQuarantined],
  }),
  putMailbox: route('PUT /v1/mailboxes/{address}', {
    summary: 'Set an address that cases are opened from, with the queue, the category and the brand of its cases',
    scope: 'settings.admin',
    body: MailboxFields,
    reply: Mailbox,
    errors: [mailboxTaken],
    example: { queueId: 'workshop', topic: 'repairs' },
  }),
  listMailboxes: route('GET /v1/mailboxes', {
    summary: 'List the addresses that cases are opened from',
    scope: 'settings.read',
    ...lists(Mailbox),
  }),
  removeMailbox: route('DELETE /v1/mailboxes/{address}', {
    summary: 'Remove an address: what is written to it opens nothing any more',
    scope: 'settings.admin',
    reply: Mailbox,
    errors: [mailboxNotFound],
  }),
};
