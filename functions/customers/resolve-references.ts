import { mapConcurrent } from '../shared/map-concurrent.ts';
import type { Store } from '../shared/store/store.ts';
import { resolveAllMerged } from './active-customer.ts';
import { customers, identifiersOf, type StoredCustomer } from './customer.ts';
import { findErasedIdentities } from './erased-identities.ts';
import { normalisePhone } from './phone.ts';
import { settingsOf } from './settings.ts';

/** how a record of another context refers to a customer; a phone number with its country code, or of the default country */
export type CustomerReference = { type: 'id' | 'externalId' | 'email' | 'phone'; value: string };

export type ResolvedReference =
  | { id: StoredCustomer['id']; externalIds: string[] }
  | { not: 'erased' | 'several' | 'unknown' };

const concurrency = 10;

const normalised = async (store: Store, given: CustomerReference[]): Promise<CustomerReference[]> => {
  if (!given.some(({ type }) => type === 'phone')) return given;
  const { defaultCountry } = await settingsOf(store);
  return given.map(one =>
    one.type === 'phone' ? { ...one, value: normalisePhone(one.value, defaultCountry) ?? '' } : one,
  );
};

const idsOf = async (store: Store, references: CustomerReference[]): Promise<string[][]> => {
  const claimed = references.filter(({ type }) => type === 'externalId' || type === 'email');
  const holders = await store.holders(claimed.map(({ type, value }) => ({ entity: customers, unique: type, value })));
  const byClaim = new Map(claimed.map((reference, nth) => [reference, holders[nth] ?? []]));
  return mapConcurrent(references, concurrency, async reference => {
    const { type, value } = reference;
    if (type === 'id') return [value];
    if (!value) return [];
    // two are enough to know that it is ambiguous
    if (type === 'phone') return (await store.lookup(customers, 'phone', value, { limit: 2 })).items;
    return [byClaim.get(reference) ?? []].flat();
  });
};

const erasedAmong = async (store: Store, references: CustomerReference[]) => {
  const identities = references.flatMap(({ type, value }) => (type === 'id' || !value ? [] : [{ type, value }]));
  const found = await findErasedIdentities(store, identities);
  const erased = identities.filter((_, nth) => found[nth]);
  return (reference: CustomerReference) =>
    erased.some(({ type, value }) => type === reference.type && value === reference.value);
};

/** The customer behind each reference, in the same order, merges resolved. */
export const resolveReferences = async (store: Store, given: CustomerReference[]): Promise<ResolvedReference[]> => {
  const references = await normalised(store, given);
  const ids = await idsOf(store, references);
  const unmatched = references.filter((_, nth) => !ids[nth]?.length);
  const [byId, isErased] = await Promise.all([resolveAllMerged(store, ids.flat()), erasedAmong(store, unmatched)]);
  return references.map((reference, nth): ResolvedReference => {
    const found = (ids[nth] ?? []).filter(id => byId.has(id)).map(id => byId.get(id));
    if (!found.length) return { not: isErased(reference) ? 'erased' : 'unknown' };
    const distinct = new Map(found.map(one => [one?.id, one]));
    if (distinct.size > 1) return { not: 'several' };
    const [one] = distinct.values();
    if (!one) return { not: 'erased' };
    return { id: one.id, externalIds: identifiersOf(one, 'externalId') };
  });
};
