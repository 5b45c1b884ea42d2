import { isbot } from 'isbot';
import * as z from 'zod';
import { trackingSettingsChanged } from '../../events/tracked.ts';
import { retentionSettings } from '../customers/retention-settings.ts';
import { cacheFor } from '../shared/cache.ts';
import { isObject } from '../shared/json.ts';
import { settings } from '../shared/store/settings.ts';
import type { Store } from '../shared/store/store.ts';
import type { Message } from './message.ts';

const Category = z.string().trim().min(1, 'is empty').max(100);

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
});
export type TrackingRules = z.output<typeof TrackingRules>;

export const TrackingSettings = z.object({ ...TrackingRules.shape, version: z.int().min(0) });

export const trackingSettings = settings('tracking', TrackingSettings, {
  untilSet: () => ({}),
  changed: trackingSettingsChanged,
});

/** the rules for what comes in; `retention`: how long behaviour is stored, where there is a limit */
type Rules = TrackingRules & { retention: string | undefined };

const cache = cacheFor<Rules>(60_000, 10_000);

export const rulesOf = (store: Store): Promise<Rules> =>
  cache.of(store.tenant, { now: store.now }, async () => {
    const [retention, rules] = await Promise.all([retentionSettings.of(store), trackingSettings.of(store)]);
    return { ...rules, retention: retention.tracked };
  });

/** what people do; identify, group and alias calls need no consent of this kind */
const behaviour: readonly string[] = ['track', 'page', 'screen'];

const object = (value: unknown) => (isObject(value) ? value : {});

/** a crawler passes for a browser or says who it is; apps and HTTP clients are no crawlers, nor are images that a mail program loads */
const mayBeCrawler = /^Mozilla\/|bot|crawl|spider|https?:|@/i;

const isCrawler = (agent: unknown) => typeof agent === 'string' && mayBeCrawler.test(agent) && isbot(agent);

/** Why a call is not recorded: a crawler made it, the visitor refused a required category, or has no choice on record for it. Pure. */
export const refusalOf = (
  { kind, data }: Pick<Message, 'kind' | 'data'>,
  { consent }: TrackingRules,
  { isImage }: { isImage?: boolean | undefined } = {},
) => {
  const context = object(data.context);
  if (!isImage && isCrawler(context.userAgent)) return 'crawler';
  if (!consent || !behaviour.includes(kind)) return undefined;
  const preferences = object(object(context.consent).categoryPreferences);
  const refused = consent.required.find(category => preferences[category] === false);
  if (refused) return `consent refused: ${refused}`;
  const missing = consent.required.find(category => preferences[category] !== true);
  return missing && consent.absent === 'drop' ? `consent not given: ${missing}` : undefined;
};
