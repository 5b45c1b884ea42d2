import { createHmac } from 'node:crypto';
import { derived, secretOf } from '../shared/http/secret.ts';
import { type Change, put } from '../shared/store/changes.ts';
import { openStore, type Store } from '../shared/store/store.ts';
import {
  type ErasedIdentity,
  erasedIdentities,
  erasedIdentityKeys,
  type IdentityValue,
  lastErasure,
} from './identity.ts';

const digest = (key: Buffer, { type, value }: IdentityValue) =>
  createHmac('sha256', key).update(`${type}:${value}`).digest('base64url');

/** stored beside what it is derived from: a copy has this key and not the one of the links, which may be replaced */
export const digestKey = async (store: Store): Promise<Buffer> => {
  const there = await store.get(erasedIdentityKeys, {});
  if (there) return Buffer.from(there.key, 'base64url');
  const key = derived(await secretOf(store.tenant, store.now), 'erased identities');
  const { tenant, now } = store;
  const record = { key: key.toString('base64url'), createdAt: now };
  await openStore({ tenant, now, actor: 'rapport:secret' }).commit([put(erasedIdentityKeys, record)]);
  return key;
};

type Context = {
  store: Store;
  now: string;
  erasure: Pick<ErasedIdentity, 'customerId' | 'at'> & { id: ErasedIdentity['erasureId'] };
};

/** records the identities of an erased customer, so that late and repeated events do not bring it back */
export const erasedIdentityChanges = async (
  { store, erasure }: Context,
  identities: IdentityValue[],
): Promise<Change[]> => {
  const key = await digestKey(store);
  const { id: erasureId, customerId, at } = erasure;
  return identities.map(one => put(erasedIdentities, { id: digest(key, one), customerId, erasureId, at }));
};

export const lastErasedAt = async (store: Store): Promise<string | undefined> => (await store.get(lastErasure, {}))?.at;

/** the erased customer of each identity, in the same order; undefined: not erased */
export const erasedAs = async (store: Store, identities: IdentityValue[]): Promise<(ErasedIdentity | undefined)[]> => {
  if (!identities.length) return [];
  const key = await digestKey(store);
  const ids = identities.map(one => digest(key, one));
  const found = await store.getByIds(erasedIdentities, ids);
  const byId = new Map(found.map(one => [one.id, one]));
  return ids.map(id => byId.get(id));
};

/** the same; a single read if no customer was ever erased */
export const findErasedIdentities = async (store: Store, identities: IdentityValue[]) =>
  (await lastErasedAt(store)) ? erasedAs(store, identities) : identities.map(() => undefined);
