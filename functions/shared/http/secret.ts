import { hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { save } from '../store/changes.ts';
import { entity, main } from '../store/entity.ts';
import { isConflict } from '../store/retry-on-conflict.ts';
import { openStore, type Store } from '../store/store.ts';
import { plus } from '../time/duration.ts';
import { Instant } from './contract.ts';

const Key = z.object({ id: z.string(), secret: z.string(), createdAt: Instant });
type Key = z.output<typeof Key>;

/** the keys of a tenant's links, the newest last; records of the first schema have no version */
const Keys = z.object({ keys: z.array(Key), version: z.int().optional() });
type Keys = z.output<typeof Keys>;

/** the key of tokens that name none */
const first = 'k1';

export const secrets = entity('link-secret', Keys, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'link-secret'], part: main }),
  upcasts: [({ secret, createdAt }) => ({ keys: [{ id: first, secret, createdAt }] })],
});

/** how long a key signs: older ones still verify, as links in messages are used for years */
const signsFor = 'P180D';

const mostKeys = 20;

/** how long keys that were revoked may still be accepted by a function that has read them */
const heldFor = 10_000;

const held = new Map<string, { keys: Key[]; until: number }>();

/** the keys as they are stored */
export const keysOf = async (store: Store): Promise<Keys | undefined> => {
  const found = await store.get(secrets, {});
  if (found) held.set(store.tenant, { keys: found.keys, until: Date.parse(store.now) + heldFor });
  else held.delete(store.tenant);
  return found;
};

const newKey = (now: string, nth: number): Key => ({
  id: `k${nth}`,
  secret: randomBytes(32).toString('base64url'),
  createdAt: now,
});

/** the keys with a new one that signs from now on; `revoke`: those before are accepted no more */
export const rotated = (before: Keys | undefined, now: string, { revoke = false } = {}) => {
  const keys = before?.keys ?? [];
  const nth = Number(keys.at(-1)?.id.slice(1) ?? 0) + 1;
  const after: Key[] = [...(revoke ? [] : keys), newKey(now, nth)].slice(-mostKeys);
  return { keys: after, change: save(secrets, before, { keys: after, version: (before?.version ?? 0) + 1 }) };
};

const heldKeys = ({ tenant, now }: Pick<Store, 'tenant' | 'now'>) => {
  const there = held.get(tenant);
  return there && Date.parse(now) < there.until ? there.keys : undefined;
};

/** the tenant's keys, made at first use and when the last is too old to sign; in a transaction of its own */
const keysToSign = async (tenant: string, now: string, lasts?: string): Promise<Key[]> => {
  const store = openStore({ tenant, now, actor: 'rapport:secret' });
  const fits = (keys: Key[]) => keys.length > 0 && (!lasts || plus(keys.at(-1)!.createdAt, lasts) > now);
  const there = heldKeys(store);
  if (there && fits(there)) return there;
  const before = await keysOf(store);
  if (before && fits(before.keys)) return before.keys;
  await store.commit([rotated(before, now).change]).catch(error => {
    if (!isConflict(error)) throw error;
  });
  return (await keysOf(store))?.keys ?? [];
};

/** the key that signs the links of a tenant now */
export const signingKey = async (tenant: string, now: string) => (await keysToSign(tenant, now, signsFor)).at(-1)!;

/** the key with that id, if the tenant has it: none is made for a tenant that may not exist */
export const verifyingKey = async (store: Store, id: string = first): Promise<Key | undefined> => {
  const named = (keys: Key[] = []) => keys.find(key => key.id === id);
  return named(heldKeys(store)) ?? named((await keysOf(store))?.keys);
};

/** a secret of the tenant that other keys are derived from; it changes only when all links are revoked */
export const secretOf = async (tenant: string, now: string) => (await keysToSign(tenant, now))[0]!.secret;

/** the tenant name of what belongs to no tenant; a tenant cannot have it */
export const ofTheStack = '-stack';

/** 32 bytes that follow from a secret for one purpose (HKDF, RFC 5869) */
export const derived = (secret: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', `rapport ${purpose}`, 32));
