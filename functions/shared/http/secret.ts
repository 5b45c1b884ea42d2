import { hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { insert } from '../store/changes.ts';
import { entity, main } from '../store/entity.ts';
import { isConflict } from '../store/retry-on-conflict.ts';
import { openStore, type Store } from '../store/store.ts';
import { Instant } from './contract.ts';

const Secret = z.object({ secret: z.string(), createdAt: Instant });

export const secrets = entity('link-secret', Secret, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'link-secret'], part: main }),
});

const known = new Map<string, string>();

const made = async (tenant: string, now: string) => {
  const store = openStore({ tenant, now, actor: 'rapport:secret' });
  const there = await store.get(secrets, {});
  if (there) return there;
  const secret = { secret: randomBytes(32).toString('base64url'), createdAt: now };
  try {
    return await store.commit([insert(secrets, secret)], secret);
  } catch (error) {
    if (isConflict(error)) return store.need(secrets, {});
    throw error;
  }
};

/** the tenant's secret, made at first use; in a transaction of its own, independent of the caller's */
export const secretOf = async (tenant: string, now: string) => {
  const held = known.get(tenant) ?? (await made(tenant, now)).secret;
  known.set(tenant, held);
  return held;
};

/** the tenant's secret, if it has one: none is made for a tenant that may not exist */
export const secretIfAny = async (store: Store): Promise<string | undefined> => {
  const held = known.get(store.tenant) ?? (await store.get(secrets, {}))?.secret;
  if (held) known.set(store.tenant, held);
  return held;
};

/** the tenant name of what belongs to no tenant; a tenant cannot have it */
export const ofTheStack = '-stack';

/** 32 bytes that follow from a secret for one purpose (HKDF, RFC 5869) */
export const derived = (secret: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64url'), '', `rapport ${purpose}`, 32));
