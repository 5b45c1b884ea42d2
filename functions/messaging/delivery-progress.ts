import * as z from 'zod';
import { isMachine } from './machine.ts';
import type { Message } from './message.ts';

const seen = {
  timestamp: z.iso.datetime({ offset: true }).optional().catch(undefined),
  userAgent: z.string().optional(),
  ipAddress: z.string().optional(),
};

export const Report = z.object({
  eventType: z.string(),
  mail: z.object({ messageId: z.string().optional(), tags: z.record(z.string(), z.array(z.string())).optional() }),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z.array(z.object({ diagnosticCode: z.string().optional() })).optional(),
    })
    .optional(),
  complaint: z.object({ complaintFeedbackType: z.string().nullish() }).optional(),
  open: z.object(seen).optional(),
  click: z.object({ ...seen, link: z.string().optional() }).optional(),
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

/** a message only advances, in whatever order reports arrive; what a machine did is less than what a person does */
const order = [
  ...['sending', 'failed', 'sent', 'delivered', 'opened by machine', 'clicked by machine', 'opened', 'clicked'],
  ...['bounced', 'complained'],
];
const rank = (state: State, machine?: boolean) => order.indexOf(machine ? `${state} by machine` : state);

export type Progress = {
  state: State;
  reason: string | null;
  permanent: boolean;
  machine?: boolean;
  link?: string;
  firstClick?: Message['firstClick'];
};

const seenProgress = (message: Known, state: State, { open, click }: Report): Progress => {
  const machine = isMachine(message, { open, click });
  const link = click?.link?.slice(0, 2000);
  const first = click?.timestamp ? { firstClick: message.firstClick ?? { at: click.timestamp, link } } : {};
  return { state, reason: null, permanent: false, machine, ...(link ? { link } : {}), ...first };
};

type Known = Pick<Message, 'state' | 'machine' | 'updatedAt' | 'firstClick'>;

/** an open or a click; it is news too that those of before were a machine's, as were all links at once */
const seenNews = (message: Known, state: State, report: Report): Progress | undefined => {
  const progress = seenProgress(message, state, report);
  const isNews = rank(state, progress.machine) > rank(message.state, message.machine);
  const corrects = progress.machine && state === 'clicked' && message.state === 'clicked' && message.machine === false;
  const isBurst =
    corrects &&
    message.firstClick !== undefined &&
    isMachine(
      { ...message, state: 'clicked' },
      { click: { ...report.click, userAgent: undefined, ipAddress: undefined } },
    );
  return isNews || isBurst ? progress : undefined;
};

/** The progress of a message by a report; undefined when it is not news. Pure. */
export const progressOf = (message: Known, report: Report): Progress | undefined => {
  const { eventType, bounce, complaint, reject } = report;
  const to = states[eventType];
  if (!to) return undefined;
  if (to === 'opened' || to === 'clicked') return seenNews(message, to, report);
  if (rank(to) <= rank(message.state, message.machine)) return undefined;
  if (to === 'bounced') {
    const why = bounce?.bouncedRecipients?.[0]?.diagnosticCode ?? bounce?.bounceSubType ?? 'bounced';
    return { state: to, reason: why, permanent: bounce?.bounceType === 'Permanent' };
  }
  if (to === 'complained') {
    return { state: to, reason: complaint?.complaintFeedbackType ?? 'marked as spam', permanent: true };
  }
  const reason = to === 'failed' ? (reject?.reason ?? 'rejected by the provider') : null;
  return { state: to, reason, permanent: false };
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
