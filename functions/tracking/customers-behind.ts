import type { TrackedIdentity } from '../../events/tracked.ts';
import { customersOf } from '../customers/reads.ts';
import type { Store } from '../shared/store.ts';

/** how long a known identity is remembered without asking again; who is unknown is asked for each time */
const rememberedMs = 5 * 60_000;
const mostRemembered = 50_000;

const remembered = new Map<string, { id: string; until: number }>();

const fresh = (key: string, at: number) => {
  const before = remembered.get(key);
  return before && before.until > at && before.until <= at + rememberedMs ? before.id : undefined;
};

/** Ids of the customers behind identities, in the order asked: without a read when all were known lately, else in one. */
export const customersBehind = async (store: Store, asked: TrackedIdentity[], now: string) => {
  const at = Date.parse(now);
  const keyOf = ({ type, value }: TrackedIdentity) => `${store.tenant} ${type}:${value}`;
  const missing = new Map(asked.filter(one => !fresh(keyOf(one), at)).map(one => [keyOf(one), one]));
  const found = await customersOf(store, [...missing.values()]);
  if (remembered.size + found.length > mostRemembered) remembered.clear();
  for (const [nth, key] of [...missing.keys()].entries()) {
    const id = found[nth];
    if (id) remembered.set(key, { id, until: at + rememberedMs });
    else remembered.delete(key);
  }
  return asked.map(one => fresh(keyOf(one), at));
};
