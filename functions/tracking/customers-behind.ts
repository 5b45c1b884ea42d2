import type { TrackedIdentity } from '../../events/tracked.ts';
import { customerIdsByIdentity } from '../customers/reads.ts';
import type { Store } from '../shared/store/store.ts';
import { remembering } from './remembered.ts';

/** who is unknown is asked for each time */
const remembered = remembering<string>();

type Asked = { store: Store; now: string; lastErased: string | undefined };

/** Ids of the customers behind identities, in the order asked: without a read when all were known lately, else in one. */
export const customersBehind = async (identities: TrackedIdentity[], { store, now, lastErased }: Asked) => {
  const keyOf = ({ type, value }: TrackedIdentity) => `${store.tenant} ${type}:${value}`;
  const known = (key: string) => remembered.get(key, now, lastErased);
  const found = new Map<string, string | undefined>(identities.map(one => [keyOf(one), known(keyOf(one))]));
  const missing = new Map(identities.map(one => [keyOf(one), one] as const).filter(([key]) => !found.get(key)));
  const asked = await customerIdsByIdentity(store, [...missing.values()]);
  for (const [nth, key] of [...missing.keys()].entries()) {
    const id = asked[nth];
    found.set(key, id);
    if (id) remembered.put(key, id, now);
    else remembered.drop(key);
  }
  return identities.map(one => found.get(keyOf(one)));
};
