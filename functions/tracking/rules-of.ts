import { retentionOf } from '../customers/retention-settings.ts';
import type { Store } from '../shared/store/store.ts';
import { type TrackingRules, trackingSettings } from './tracking-settings.ts';

/** what holds for what comes in; `kept`: how long behaviour is kept, where that is not for good */
type Rules = TrackingRules & { kept: string | undefined };

/** a change is heeded within this time */
const rememberedMs = 60_000;
const mostRemembered = 10_000;

const remembered = new Map<string, { rules: Rules; until: number }>();

/** The rules of the store's tenant, read once a minute, whatever comes in. */
export const rulesOf = async (store: Store): Promise<Rules> => {
  const at = Date.parse(store.now);
  const before = remembered.get(store.tenant);
  if (before && before.until > at && before.until <= at + rememberedMs) return before.rules;
  const [{ tracked: kept }, settings] = await Promise.all([retentionOf(store), store.get(trackingSettings, {})]);
  const rules = { ...settings, kept };
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(store.tenant, { rules, until: at + rememberedMs });
  return rules;
};
