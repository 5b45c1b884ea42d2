import { retentionSettings } from '../customers/retention-settings.ts';
import { isObject } from '../shared/json.ts';
import type { Store } from '../shared/store/store.ts';
import { cacheFor } from './cache.ts';
import type { Message } from './message.ts';
import { type TrackingRules, trackingSettings } from './tracking-settings.ts';

/** the rules for what comes in; `retention`: how long behaviour is stored, where there is a limit */
type Rules = TrackingRules & { retention: string | undefined };

const cache = cacheFor<Rules>(60_000, 10_000);

export const rulesOf = (store: Store): Promise<Rules> =>
  cache.of(store.tenant, { now: store.now }, async () => {
    const [retention, settings] = await Promise.all([retentionSettings.of(store), trackingSettings.of(store)]);
    return { ...settings, retention: retention.tracked };
  });

/** what people do; identify, group and alias calls need no consent of this kind */
const behaviour: readonly string[] = ['track', 'page', 'screen'];

const object = (value: unknown) => (isObject(value) ? value : {});

/** Why a call is not recorded: the visitor refused a required category, or has no choice on record for it. Pure. */
export const refusedByVisitor = ({ kind, data }: Pick<Message, 'kind' | 'data'>, { consent }: TrackingRules) => {
  if (!consent || !behaviour.includes(kind)) return undefined;
  const preferences = object(object(object(data.context).consent).categoryPreferences);
  const refused = consent.required.find(category => preferences[category] === false);
  if (refused) return `consent refused: ${refused}`;
  const missing = consent.required.find(category => preferences[category] !== true);
  return missing && consent.absent === 'drop' ? `consent not given: ${missing}` : undefined;
};
