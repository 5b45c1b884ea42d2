import { lastErasedAt } from '../customers/erased-identities.ts';
import type { Store } from '../shared/store/store.ts';

/** for so long nobody asks again whether somebody was erased; the erasure itself looks for what came in meanwhile */
const trustedMs = 250;

const known = new Map<string, { at: string | undefined; asked: number }>();

/** when a customer of the tenant was last erased, if ever */
export const lastErased = async (store: Store, now: string): Promise<string | undefined> => {
  const [before, time] = [known.get(store.tenant), Date.parse(now)];
  if (before && before.asked <= time && time < before.asked + trustedMs) return before.at;
  const at = await lastErasedAt(store);
  known.set(store.tenant, { at, asked: time });
  return at;
};
