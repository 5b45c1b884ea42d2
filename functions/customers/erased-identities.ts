import { createHmac } from 'node:crypto';
import { derived, secretIfAny, secretOf } from '../shared/http/secret.ts';
import { type Change, put } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { type ErasedIdentity, erasedIdentities, type KnownAs, lastErasure } from './erased-identity.ts';

const digest = (secret: string, { type, value }: KnownAs) =>
  createHmac('sha256', derived(secret, 'erased identities')).update(`${type}:${value}`).digest('base64url');

type Of = {
  store: Store;
  now: string;
  erasure: Pick<ErasedIdentity, 'customerId' | 'at'> & { id: ErasedIdentity['erasureId'] };
};

/** what keeps late events and repetitions from bringing back who was known as that */
export const erasedIdentityChanges = async ({ store, now, erasure }: Of, identities: KnownAs[]): Promise<Change[]> => {
  const secret = await secretOf(store.tenant, now);
  const { id: erasureId, customerId, at } = erasure;
  return identities.map(one => put(erasedIdentities, { id: digest(secret, one), customerId, erasureId, at }));
};

/** when somebody was last erased, if ever */
export const lastErasedAt = async (store: Store): Promise<string | undefined> => (await store.get(lastErasure, {}))?.at;

/** Which of these identities were an erased customer's, in the order asked: of whom, and when it was erased. */
export const erasedAs = async (store: Store, identities: KnownAs[]): Promise<(ErasedIdentity | undefined)[]> => {
  const secret = identities.length ? await secretIfAny(store) : undefined;
  if (!secret) return identities.map(() => undefined);
  const ids = identities.map(one => digest(secret, one));
  const found = await store.getAll(
    erasedIdentities,
    ids.map(id => ({ id })),
  );
  const byId = new Map(found.map(one => [one.id, one]));
  return ids.map(id => byId.get(id));
};

/** the same, at the cost of one read where nobody was ever erased */
export const erasedAmong = async (store: Store, identities: KnownAs[]): Promise<(ErasedIdentity | undefined)[]> =>
  (await lastErasedAt(store)) ? erasedAs(store, identities) : identities.map(() => undefined);
