import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { insert } from './changes.ts';
import type { Ctx } from './context.ts';
import { Instant } from './contract.ts';
import { entity, main } from './entity.ts';
import { tenantName } from './principal.ts';
import { Refusal } from './refusal.ts';
import { openStore } from './store.ts';

const Secret = z.object({ secret: z.string(), createdAt: Instant });

const secrets = entity('link-secret', Secret, {
  key: (_: object) => ({ of: ['settings', 'link-secret'], part: main }),
});

const known = new Map<string, string>();

/** the tenant's secret, made at first use; in a transaction of its own, whatever the caller is in the middle of */
const secretOf = async (tenant: string, now: string) => {
  const held = known.get(tenant) ?? (await made(tenant, now)).secret;
  known.set(tenant, held);
  return held;
};

const made = async (tenant: string, now: string) => {
  const store = openStore({ tenant, now, actor: 'rapport:signed-link' });
  const there = await store.get(secrets, {});
  if (there) return there;
  const secret = { secret: randomBytes(32).toString('base64url'), createdAt: now };
  try {
    return await store.commit([insert(secrets, secret)], secret);
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'conflict') return store.need(secrets, {});
    throw error;
  }
};

const signature = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest();

type Claims = { purpose: string; tenant: string };

/** A token that carries claims and cannot be made or changed by anybody else: `<claims>.<HMAC-SHA256>`, both base64url. */
export const signedToken = async <T extends Claims>(claims: T, now: string): Promise<string> => {
  const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${text}.${signature(await secretOf(claims.tenant, now), text).toString('base64url')}`;
};

const claimsIn = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** the claims of a token, or undefined when it was not made by `signedToken` for that purpose */
export const readToken = async <S extends z.ZodType<Claims>>(
  schema: S,
  token: string,
  ctx: Ctx,
): Promise<z.output<S> | undefined> => {
  const [text = '', given = '', ...more] = token.split('.');
  if (more.length) return undefined;
  const claims = schema.safeParse(claimsIn(text));
  if (!claims.success || !tenantName.test(claims.data.tenant)) return undefined;
  const { tenant } = claims.data;
  // a secret is not made for whatever tenant somebody thinks of
  const secret = known.get(tenant) ?? (await ctx.as(tenant, ctx.actor).store.get(secrets, {}))?.secret;
  if (!secret) return undefined;
  const [right, offered] = [signature(secret, text), Buffer.from(given, 'base64url')];
  return right.length === offered.length && timingSafeEqual(right, offered) ? claims.data : undefined;
};
