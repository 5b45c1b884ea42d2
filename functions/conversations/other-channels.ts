import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { normalisePhone } from '../customers/phone.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { OtherMessage } from './conversation-routes.ts';
import { senderMissing } from './errors.ts';
import type { InboundMessage } from './inbound-message.ts';

type Given = Omit<z.output<typeof OtherMessage>, 'channel' | 'conversationId'> & {
  channel: string;
  conversationId?: string | undefined;
};

const phoneIn = (given: string | undefined) => {
  if (!given) return undefined;
  const phone = normalisePhone(given);
  if (!phone) throw invalid([{ path: 'from.phone', message: 'is not a phone number such as +6591234567' }]);
  return phone;
};

/** A message of a channel that other systems hand over, as the message that it is. */
export const otherMessage = async (
  { channel, externalId, conversationId, from, subject = '', text }: Given,
  ctx: Ctx,
): Promise<InboundMessage> => {
  const { email, name = '' } = from;
  const phone = phoneIn(from.phone);
  if (!email && !phone) throw senderMissing();
  return {
    channel,
    externalId: conversationId ? `${channel}:${conversationId}` : null,
    identity: externalId ?? randomUUID(),
    from: { email: email ?? null, name, ...(phone && { phone }) },
    customer: { email, phone, ...(name && { name }) },
    subject: subject || text.split('\n')[0]!.slice(0, 100),
    text,
    references: conversationId ? [`${channel}:${conversationId}`] : [],
    ...{ to: [], cc: [], html: null, quoted: '', files: [], signedCase: undefined, automatic: null },
    ...{
      report: undefined,
      calendar: null,
      proves: ctx.scopes.has('service.write'),
      distrust: null,
      mailbox: null,
      raw: null,
    },
  };
};
