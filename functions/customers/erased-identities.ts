import { createHmac } from 'node:crypto';
import { derived, secretIfAny, secretOf } from '../shared/http/secret.ts';
import { type Change, put } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { type ErasedIdentity, erasedIdentities, type IdentityValue, lastErasure } from './identity.ts';

const digest = (secret: string, { type, value }: IdentityValue) =>
  createHmac('sha256', derived(secret, 'erased identities')).update(`${type}:${value}`).digest('base64url');

type Context = {
  store: Store;
  now: string;
  erasure: Pick<ErasedIdentity, 'customerId' | 'at'> & { id: ErasedIdentity['erasureId'] };
};

/** records the identities of an erased customer, so that late and repeated events do not bring it back */
export const erasedIdentityChanges = async (
  { store, now, erasure }: Context,
  identities: IdentityValue[],
): Promise<Change[]> => {
  const secret = await secretOf(store.tenant, now);
  const { id: erasureId, customerId, at } = erasure;
  return identities.map(one => put(erasedIdentities, { id: digest(secret, one), customerId, erasureId, at }));
};

export const lastErasedAt = async (store: Store): Promise<string | undefined> => (await store.get(lastErasure, {}))?.at;

/** the erased customer of each identity, in the same order; undefined: not erased */
export const erasedAs = async (store: Store, identities: IdentityValue[]): Promise<(ErasedIdentity | undefined)[]> => {
  const secret = identities.length ? await secretIfAny(store) : undefined;
  if (!secret) return identities.map(() => undefined);
  const ids = identities.map(one => digest(secret, one));
  const found = await store.getByIds(erasedIdentities, ids);
  const byId = new Map(found.map(one => [one.id, one]));
  return ids.map(id => byId.get(id));
};

/** the same; a single read if no customer was ever erased */
export const findErasedIdentities = async (store: Store, identities: IdentityValue[]) =>
  (await lastErasedAt(store)) ? erasedAs(store, identities) : identities.map(() => undefined);
