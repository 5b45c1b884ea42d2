import * as z from 'zod';
import type { Message } from './message.ts';

export const Report = z.object({
  eventType: z.string(),
  mail: z.object({ tags: z.record(z.string(), z.array(z.string())).optional() }),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z.array(z.object({ diagnosticCode: z.string().optional() })).optional(),
    })
    .optional(),
  complaint: z.object({ complaintFeedbackType: z.string().nullish() }).optional(),
  click: z.object({ link: z.string().optional() }).optional(),
  reject: z.object({ reason: z.string().optional() }).optional(),
});
export type Report = z.output<typeof Report>;

type State = Message['state'];

const states: Record<string, State> = {
  Send: 'sent',
  Delivery: 'delivered',
  Open: 'opened',
  Click: 'clicked',
  Bounce: 'bounced',
  Complaint: 'complained',
  Reject: 'failed',
};

/** a message only advances, in whatever order reports arrive */
const order: State[] = ['sending', 'failed', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained'];
const rank = (state: State) => order.indexOf(state);

export type Progress = { state: State; reason: string | null; permanent: boolean; link?: string };

/** The progress of a message by a report; undefined when it is not news. Pure. */
export const progressOf = (
  state: State,
  { eventType, bounce, complaint, click, reject }: Report,
): Progress | undefined => {
  const to = states[eventType];
  if (!to || rank(to) <= rank(state)) return undefined;
  if (to === 'bounced') {
    const why = bounce?.bouncedRecipients?.[0]?.diagnosticCode ?? bounce?.bounceSubType ?? 'bounced';
    return { state: to, reason: why, permanent: bounce?.bounceType === 'Permanent' };
  }
  if (to === 'complained') {
    return { state: to, reason: complaint?.complaintFeedbackType ?? 'marked as spam', permanent: true };
  }
  if (to === 'failed') return { state: to, reason: reject?.reason ?? 'rejected by the provider', permanent: false };
  return { state: to, reason: null, permanent: false, ...(click?.link ? { link: click.link.slice(0, 2000) } : {}) };
};

const tagNames = { tenant: 'rapport-tenant', message: 'rapport-message', customer: 'rapport-customer' };

/** the tags by which the provider's reports name our message and its customer, by id only */
export const tags = (tenant: string, { id, customerId }: Pick<Message, 'id' | 'customerId'>) => [
  { Name: tagNames.tenant, Value: tenant },
  { Name: tagNames.message, Value: id },
  { Name: tagNames.customer, Value: customerId },
];

export const taggedMessage = ({ mail }: Report) => {
  const [tenant] = mail.tags?.[tagNames.tenant] ?? [];
  const [messageId] = mail.tags?.[tagNames.message] ?? [];
  return tenant && messageId ? { tenant, messageId } : undefined;
};
