import * as z from 'zod';
import { Channel } from '../../events/customer.ts';
import { messagingSettingsChanged } from '../../events/message.ts';
import { settings } from '../shared/store/settings.ts';
import { durationMs, FixedDuration } from '../shared/time/duration.ts';
import { QuietHours } from '../shared/time/time-of-day.ts';
import { isTimeZone } from '../shared/time/zone.ts';

const longestMs = 30 * 86_400_000;

const isWindow = (per: string) => {
  const { success } = FixedDuration.safeParse(per);
  return !success || (durationMs(per) > 0 && durationMs(per) <= longestMs);
};

export const FrequencyCap = z.strictObject({
  channel: Channel.optional(),
  max: z.int().min(0).max(100),
  per: FixedDuration.refine(isWindow, 'must be longer than zero and at most 30 days'),
});
export type FrequencyCap = z.output<typeof FrequencyCap>;

export const MessagingRules = z.strictObject({
  frequencyCaps: z.array(FrequencyCap).max(20).default([]),
  quietHours: QuietHours.optional(),
  guards: z
    .strictObject({
      openSevereCase: z.boolean().default(true).describe('a case of high or urgent priority that is not resolved'),
      overdueInvoice: z.boolean().default(false),
    })
    .default({ openSevereCase: true, overdueInvoice: false })
    .describe('what holds back promotional messages: those on a topic that customers can choose'),
  timeZone: z.string().refine(isTimeZone, 'is not an IANA time zone').optional(),
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
export type MessagingRules = z.output<typeof MessagingRules>;

export const MessagingSettings = z.object({ ...MessagingRules.shape, version: z.int().min(0) });

export const messagingSettings = settings('messaging', MessagingSettings, {
  untilSet: () => MessagingRules.parse({}),
  changed: messagingSettingsChanged,
});
