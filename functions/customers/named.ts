import { mapConcurrent } from '../shared/map-concurrent.ts';
import type { Store } from '../shared/store/store.ts';
import { customers, type StoredCustomer } from './customer.ts';
import { erasedAmong } from './erased-identities.ts';
import { resolveMerged } from './living.ts';
import { normalisePhone } from './phone.ts';

/** what records of others name a customer by; a phone number with its country's code */
export type CustomerReference = { type: 'id' | 'externalId' | 'email' | 'phone'; value: string };

/** a customer, with the ids by which other systems know it; or why it cannot be told which one */
export type ResolvedReference =
  | { id: StoredCustomer['id']; externalIds: string[] }
  | { not: 'erased' | 'several' | 'unknown' };

/** lookups at a time */
const most = 10;

const told = ({ id, externalId, also }: StoredCustomer): ResolvedReference => ({
  id,
  externalIds: [externalId ?? [], also?.externalId ?? []].flat(),
});

const normalised = (name: CustomerReference): CustomerReference =>
  name.type === 'phone' ? { ...name, value: normalisePhone(name.value) ?? '' } : name;

/** ids of those who are named, in the order asked */
const idsOf = async (store: Store, names: CustomerReference[]): Promise<string[][]> => {
  const claimed = names.filter(({ type }) => type === 'externalId' || type === 'email');
  const held = await store.holders(claimed.map(({ type, value }) => ({ entity: customers, unique: type, value })));
  const byClaim = new Map(claimed.map((name, nth) => [name, held[nth] ?? []]));
  return mapConcurrent(names, most, async name => {
    if (name.type === 'id') return [name.value];
    if (!name.value) return [];
    // two are as many as it takes to know that it is not one
    if (name.type === 'phone') return (await store.lookup(customers, 'phone', name.value, { limit: 2 })).items;
    return [byClaim.get(name) ?? []].flat();
  });
};

/** the customers of ids, each as whoever it was merged into; undefined where none is left */
const standing = async (store: Store, ids: string[]) => {
  const found = await store.getAll(
    customers,
    [...new Set(ids)].map(id => ({ id })),
  );
  const now = await mapConcurrent(found, most, one =>
    one.mergedInto || one.erasedAt ? resolveMerged(store, one.id) : one,
  );
  return new Map(found.map(({ id }, nth) => [id as string, now[nth]]));
};

/** those of the names that were an erased customer's */
const buriedAmong = async (store: Store, names: CustomerReference[]) => {
  const known = names.flatMap(name =>
    name.type === 'id' || !name.value ? [] : [{ name, as: { ...name, type: name.type } }],
  );
  const found = await erasedAmong(
    store,
    known.map(({ as }) => as),
  );
  return new Set(known.filter((_, nth) => found[nth]).map(({ name }) => name));
};

/** Whom each name is of, in the order asked: whoever stands under it now, also after mergers. */
export const resolveReferences = async (store: Store, given: CustomerReference[]): Promise<ResolvedReference[]> => {
  const names = given.map(normalised);
  const ids = await idsOf(store, names);
  const nobodys = names.filter((_, nth) => !ids[nth]?.length);
  const [customersById, buried] = await Promise.all([standing(store, ids.flat()), buriedAmong(store, nobodys)]);
  return names.map((name, nth): ResolvedReference => {
    const there = (ids[nth] ?? []).filter(id => customersById.has(id));
    if (!there.length) return { not: buried.has(name) ? 'erased' : 'unknown' };
    const stand = new Map(there.map(id => [customersById.get(id)?.id, customersById.get(id)]));
    if (stand.size > 1) return { not: 'several' };
    const [one] = stand.values();
    return one ? told(one) : { not: 'erased' };
  });
};
