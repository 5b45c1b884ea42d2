import { absorbedBy } from '../merging/merge.ts';
import type { Store } from '../shared/store/store.ts';
import type { Pick, Scheme } from './scheme.ts';
import { segments } from './segment.ts';

type Picks = { include: Set<string>; exclude: Set<string> };

const mostCached = 200;
const cached = new Map<string, Picks>();

/** the picks of schemes by id; a version of a segment does not change */
const picksOf = async (store: Store, schemes: Scheme[]): Promise<Map<string, Picks>> => {
  const keyOf = ({ id, version }: Versioned) => `${store.tenant} ${id} ${version}`;
  const missing = schemes.filter(one => !cached.has(keyOf(one))).map(({ id }) => id);
  const found = new Map(schemes.flatMap(one => (cached.has(keyOf(one)) ? [[one.id, cached.get(keyOf(one))!]] : [])));
  for (const segment of await store.getByIds(segments, missing)) {
    const picks = { include: new Set<string>(segment.include), exclude: new Set<string>(segment.exclude) };
    if (cached.size >= mostCached) cached.clear();
    cached.set(keyOf(segment), picks);
    found.set(segment.id, picks);
  }
  return found;
};

type Versioned = { id: string; version: number };

/** Whether a customer, or one that was merged into it, is picked by hand for a scheme; out of it comes first. */
export const pickOf = async (
  store: Store,
  customerId: string,
  schemes: Scheme[],
): Promise<(scheme: Scheme) => Pick> => {
  const picked = schemes.filter(scheme => scheme.picked);
  if (!picked.length) return () => undefined;
  const [picks, absorbed] = await Promise.all([picksOf(store, picked), absorbedBy(store, customerId)]);
  const ids: string[] = [customerId, ...absorbed];
  return ({ id, picked: isPicked }) => {
    const of = isPicked ? picks.get(id) : undefined;
    if (!of) return undefined;
    if (ids.some(one => of.exclude.has(one))) return 'exclude';
    return ids.some(one => of.include.has(one)) ? 'include' : undefined;
  };
};
