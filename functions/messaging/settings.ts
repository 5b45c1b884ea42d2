import * as z from 'zod';
import { Channel } from '../../events/customer.ts';
import { messagingSettingsChanged } from '../../events/message.ts';
import { Slug, TimeZone } from '../shared/fields.ts';
import { WebhookUrl } from '../shared/http/webhook-url.ts';
import { settings } from '../shared/store/settings.ts';
import { durationMs, FixedDuration } from '../shared/time/duration.ts';
import { leavesTime, QuietHours, WeeklyWindow } from '../shared/time/time-of-day.ts';

const longestMs = 30 * 86_400_000;

const isCapWindow = (per: string) => {
  const { success } = FixedDuration.safeParse(per);
  return !success || (durationMs(per) > 0 && durationMs(per) <= longestMs);
};

export const FrequencyCap = z.strictObject({
  channel: Channel.optional(),
  max: z.int().min(0).max(100),
  per: FixedDuration.refine(isCapWindow, 'must be longer than zero and at most 30 days'),
  address: z.literal(true).optional().describe('counts what goes to an address, whichever customers have it'),
});
export type FrequencyCap = z.output<typeof FrequencyCap>;

const SendWindow = z
  .strictObject({ channel: Channel.optional(), ...WeeklyWindow.shape })
  .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from the beginning' });
type SendWindow = z.output<typeof SendWindow>;

/** below what large mailbox providers tolerate: 5 % and 0.1 % */
export const usualPause = { bounceRate: 0.04, complaintRate: 0.0008, minimum: 20 };

export const usualCalls = { retryAfter: 'PT4H', attempts: 3 };

const Rules = z.strictObject({
  frequencyCaps: z.array(FrequencyCap).max(20).default([]),
  quietHours: QuietHours.optional(),
  sendWindows: z
    .array(SendWindow)
    .max(50)
    .optional()
    .describe('when messages on a topic are sent, on the clock of the customer; one of another time waits'),
  coolDown: FixedDuration.refine(isCapWindow, 'must be longer than zero and at most 30 days')
    .optional()
    .describe('how long a customer gets nothing on a topic after the last message on one: the next waits'),
  control: z
    .strictObject({ percent: z.number().min(0).max(50) })
    .optional()
    .describe(
      'the share of customers that no campaign with `control: "global"` reaches, the same in all: unless set 5 %',
    ),
  guards: z
    .strictObject({
      openSevereCase: z.boolean().default(true).describe('a case of high or urgent priority that is not resolved'),
      overdueInvoice: z.boolean().default(false),
    })
    .default({ openSevereCase: true, overdueInvoice: false })
    .describe('what holds back promotional messages: those on a topic that customers can choose'),
  defaultTimeZone: TimeZone.optional().describe('of customers whose time zone is not known'),
  timeZone: TimeZone.optional().describe('another name of `defaultTimeZone`'),
  pause: z
    .strictObject({
      bounceRate: z.number().gt(0).max(1).default(usualPause.bounceRate),
      complaintRate: z.number().gt(0).max(1).default(usualPause.complaintRate),
      minimum: z.int().min(1).max(10_000).default(usualPause.minimum).describe('messages before a rate counts'),
    })
    .optional()
    .describe('shares of the last day at which the e-mails of a topic or a campaign stop until staff releases them'),
  webhook: z
    .strictObject({ url: WebhookUrl })
    .optional()
    .describe('where messages of the channel webhook go, unless the subject of their template is a URL'),
  push: z
    .strictObject({ url: WebhookUrl })
    .optional()
    .describe(
      'what passes push messages on to devices: it gets `{ messageId, devices: [{ token, platform }], title, body }`, signed by Standard Webhooks',
    ),
  post: z
    .strictObject({ url: WebhookUrl })
    .optional()
    .describe(
      'what prints and posts letters: it gets `{ messageId, to, html }`, signed by Standard Webhooks; unless set they are gathered in files',
    ),
  calls: z
    .strictObject({
      retryAfter: FixedDuration.refine(isCapWindow, 'must be longer than zero and at most 30 days').default(
        usualCalls.retryAfter,
      ),
      attempts: z.int().min(1).max(20).default(usualCalls.attempts),
    })
    .optional()
    .describe('when a customer who was not reached by phone is called again, and how often at most'),
  brandId: Slug.optional().describe('the sender and look of e-mails whose template names none'),
  // no control characters: it goes into a mail header
  fromName: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line')
    .optional(),
  tracking: z
    .boolean()
    .optional()
    .describe(
      'whether (unless false) opens and clicks of e-mails on a topic are recorded; of transactional ones, such as cases and codes, they never are',
    ),
});

type Rules = z.output<typeof Rules>;

/** the windows in which messages of a channel are sent; none: at any time */
export const windowsOn = (channel: string | undefined, { sendWindows = [] }: Pick<Rules, 'sendWindows'>) =>
  sendWindows.filter(window => !window.channel || window.channel === channel);

export const MessagingRules = Rules.superRefine((rules, context) => {
  const { quietHours, sendWindows = [], timeZone, defaultTimeZone } = rules;
  if (timeZone && defaultTimeZone && timeZone !== defaultTimeZone) {
    context.addIssue({ code: 'custom', path: ['timeZone'], message: 'differs from defaultTimeZone: give one of them' });
  }
  const isShut = ({ channel }: SendWindow) => quietHours && !leavesTime(windowsOn(channel, rules), quietHours);
  for (const [nth, window] of sendWindows.entries()) {
    if (!isShut(window)) continue;
    const of = window.channel ? ` of ${window.channel}` : '';
    context.addIssue({
      code: 'custom',
      path: ['sendWindows', nth],
      message: `all windows${of} are in the quiet hours`,
    });
  }
});
export type MessagingRules = Rules;

export const MessagingSettings = z.object({ ...Rules.shape, version: z.int().min(0) });

export const messagingSettings = settings('messaging', MessagingSettings, {
  untilSet: () => Rules.parse({}),
  changed: messagingSettingsChanged,
});

/** the zone of a customer's clock */
export const zoneOf = (customer: { timeZone?: string | undefined }, { timeZone }: Pick<Rules, 'timeZone'>) =>
  customer.timeZone ?? timeZone ?? 'UTC';
