import { isbot } from 'isbot';
import * as z from 'zod';
import { trackingSettingsChanged } from '../../events/tracked.ts';
import { retentionSettings } from '../customers/retention-settings.ts';
import { cacheFor } from '../shared/cache.ts';
import { isObject } from '../shared/json.ts';
import { settings } from '../shared/store/settings.ts';
import type { Store } from '../shared/store/store.ts';
import { durationMs, FixedDuration } from '../shared/time/duration.ts';
import { isTimeZone } from '../shared/time/zone.ts';
import type { Client, Message } from './message.ts';

const Category = z.string().trim().min(1, 'is empty').max(100);

const untilSet = { inactivity: 'PT30M', newCampaign: true, newDay: false, timeZone: 'UTC' };
export type SessionRules = typeof untilSet;

const isOfSession = (duration: string) => {
  try {
    const ms = durationMs(duration);
    return ms >= 60_000 && ms <= 4 * 3_600_000;
  } catch {
    return true; // another rule says it
  }
};

export const TrackingRules = z.strictObject({
  consent: z
    .strictObject({
      required: z
        .array(Category)
        .min(1, 'are none')
        .max(20)
        .describe('behaviour is recorded only of visitors who agreed to all these categories of `context.consent`'),
      absent: z
        .enum(['record', 'drop'])
        .default('drop')
        .describe('what to do with a call without a preference for a category'),
    })
    .optional(),
  signals: z
    .array(z.enum(['gpc', 'dnt']))
    .max(2)
    .optional()
    .describe('what a browser says of all sites, Global Privacy Control or Do Not Track, counts as a refusal'),
  crawlers: z
    .enum(['drop', 'flag'])
    .optional()
    .describe('calls of crawlers and scanners are not recorded (by default), or recorded with `context.bot`'),
  sessions: z
    .strictObject({
      inactivity: FixedDuration.refine(isOfSession, 'must be from PT1M to PT4H')
        .default(untilSet.inactivity)
        .describe('how long after its last event a session is over'),
      newCampaign: z
        .boolean()
        .default(untilSet.newCampaign)
        .describe('a visit by another campaign begins another session'),
      newDay: z.boolean().default(untilSet.newDay).describe('a session ends at midnight'),
      timeZone: z
        .string()
        .max(64)
        .refine(isTimeZone, 'is not an IANA time zone')
        .default(untilSet.timeZone)
        .describe('of that midnight'),
    })
    .optional(),
});
export type TrackingRules = z.output<typeof TrackingRules>;

export const TrackingSettings = z.object({ ...TrackingRules.shape, version: z.int().min(0) });

export const trackingSettings = settings('tracking', TrackingSettings, {
  untilSet: () => ({}),
  changed: trackingSettingsChanged,
});

/** the rules for what comes in; `retention`: how long behaviour is stored, where there is a limit */
export type Rules = TrackingRules & { retention: string | undefined; sessions: SessionRules };

const cache = cacheFor<Rules>(60_000, 10_000);

export const rulesOf = (store: Store): Promise<Rules> =>
  cache.of(store.tenant, { now: store.now }, async () => {
    const [retention, rules] = await Promise.all([retentionSettings.of(store), trackingSettings.of(store)]);
    return { ...rules, retention: retention.tracked, sessions: rules.sessions ?? untilSet };
  });

/** what people do; identify, group and alias calls need no consent of this kind */
const behaviour: readonly string[] = ['track', 'page', 'screen'];

const object = (value: unknown) => (isObject(value) ? value : {});

/** a crawler passes for a browser or says who it is; apps and HTTP clients are no crawlers, nor are images that a mail program loads */
const mayBeCrawler = /^Mozilla\/|bot|crawl|spider|https?:|@/i;

const isCrawler = (agent: unknown) => typeof agent === 'string' && mayBeCrawler.test(agent) && isbot(agent);

type Called = Pick<Message, 'kind' | 'data'>;

const byCrawler = ({ data }: Called, { image }: Pick<Client, 'image'>) =>
  !image && isCrawler(object(data.context).userAgent);

/** Why a call is not recorded: a crawler made it, the visitor refused, or has no choice on record for a required category. Pure. */
export const refusalOf = (
  call: Called,
  { consent, crawlers, signals = [] }: TrackingRules,
  client: Pick<Client, 'image' | 'signals'> = {},
) => {
  const { kind, data } = call;
  const context = object(data.context);
  if (crawlers !== 'flag' && byCrawler(call, client)) return 'crawler';
  if (!behaviour.includes(kind)) return undefined;
  const signal = signals.find(one => client.signals?.includes(one));
  if (signal) return `refused by the browser: ${signal}`;
  if (!consent) return undefined;
  const preferences = object(object(context.consent).categoryPreferences);
  const refused = consent.required.find(category => preferences[category] === false);
  if (refused) return `consent refused: ${refused}`;
  const missing = consent.required.find(category => preferences[category] !== true);
  return missing && consent.absent === 'drop' ? `consent not given: ${missing}` : undefined;
};

/** a recorded call says whether a crawler made it */
export const flagged = <C extends Called>(call: C, client: Pick<Client, 'image'>): C =>
  byCrawler(call, client)
    ? { ...call, data: { ...call.data, context: { ...object(call.data.context), bot: true } } }
    : call;
