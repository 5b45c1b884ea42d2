import { behaviourKept } from '../customers/reads.ts';
import type { Store } from '../shared/store.ts';

/** a change is heeded within this time; what is written before, the nightly run finds */
const rememberedMs = 60_000;
const mostRemembered = 10_000;

const remembered = new Map<string, { kept: string | undefined; until: number }>();

/** How long behaviour of the store's tenant is kept; undefined: for good. Read once a minute, whatever comes in. */
export const keptFor = async (store: Store): Promise<string | undefined> => {
  const at = Date.parse(store.now);
  const before = remembered.get(store.tenant);
  if (before && before.until > at && before.until <= at + rememberedMs) return before.kept;
  const kept = await behaviourKept(store);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(store.tenant, { kept, until: at + rememberedMs });
  return kept;
};
