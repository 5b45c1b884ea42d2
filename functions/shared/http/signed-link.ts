import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { env } from '../aws/env.ts';
import { plus } from '../time/duration.ts';
import type { Ctx } from './context.ts';
import { Instant } from './contract.ts';
import { tenantName } from './principal.ts';
import { secretOf, signingKey, verifyingKey } from './secret.ts';

const signature = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest();

type Claims = { purpose: string; tenant: string };

/** A token that carries claims and only this stack can make or change: `<claims>.<HMAC-SHA256>`, both base64url. */
export const signedToken = async <T extends Claims>(claims: T, now: string): Promise<string> => {
  const { id, secret } = await signingKey(claims.tenant, now);
  const text = Buffer.from(JSON.stringify({ ...claims, kid: id })).toString('base64url');
  return `${text}.${signature(secret, text).toString('base64url')}`;
};

const claimsIn = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
};

const Signed = z.object({ kid: z.string().optional(), issuedAt: Instant.optional() });

/** seconds that clocks of two machines differ at most */
const skew = 60;

/** the claims of a token, or undefined when it was not made by `signedToken` for that purpose */
export const readToken = async <S extends z.ZodType<Claims>>(
  schema: S,
  token: string,
  ctx: Ctx,
): Promise<z.output<S> | undefined> => {
  const [text = '', given = '', ...more] = token.split('.');
  if (more.length) return undefined;
  const found = claimsIn(text);
  const [claims, signed] = [schema.safeParse(found), Signed.safeParse(found)];
  if (!claims.success || !signed.success || !tenantName.test(claims.data.tenant)) return undefined;
  const { kid, issuedAt = ctx.now } = signed.data;
  // one of the future would outlive every revocation
  if (issuedAt > plus(ctx.now, `PT${skew}S`)) return undefined;
  const key = await verifyingKey(ctx.as(claims.data.tenant, ctx.actor).store, kid);
  if (!key) return undefined;
  const [right, offered] = [signature(key.secret, text), Buffer.from(given, 'base64url')];
  return right.length === offered.length && timingSafeEqual(right, offered) ? claims.data : undefined;
};

/** where the links of messages lead, by the purpose of their tokens */
const linkPaths = {
  calendar: 'calendar-feed',
  'confirm-consent': 'confirm-consent',
  quote: 'quote',
  rating: 'satisfaction',
  unsubscribe: 'unsubscribe',
} as const;

type LinkClaims = { purpose: keyof typeof linkPaths; tenant: string };

export const signedUrl = async <C extends LinkClaims>(claims: C, now: string): Promise<string> =>
  `${env.publicUrl()}/v1/${linkPaths[claims.purpose]}/${await signedToken(claims, now)}`;

/** six digits that only this stack can derive */
export const oneTimeCode = async (tenant: string, of: string, now: string): Promise<string> =>
  String(signature(await secretOf(tenant, now), `code ${of}`).readUIntBE(0, 6) % 1_000_000).padStart(6, '0');

const signedTokens = /[\w-]{16,}\.[\w-]{43}(?![\w-])/g;

/** a text without the signatures of its links */
export const withoutTokens = (text: string): string => text.replace(signedTokens, '•••');

/** what a token of a customer states; it is accepted for its purpose only */
export const customerClaims = <Purpose extends string>(purpose: Purpose) =>
  z.object({
    purpose: z.literal(purpose),
    tenant: z.string(),
    customerId: CustomerId,
    issuedAt: Instant,
    until: Instant,
    issuer: z.string().optional(),
  });

/** a token of a customer, valid for as long as `lasts` */
export const customerTokenFor = async (
  purpose: string,
  { tenant, now }: Pick<Ctx, 'tenant' | 'now'>,
  customerId: z.output<typeof CustomerId>,
  lasts: string,
  /** who had it issued, where that is not the customer */
  issuer?: string,
) => {
  const until = plus(now, lasts);
  return {
    token: await signedToken({ purpose, tenant, customerId, issuedAt: now, until, ...(issuer ? { issuer } : {}) }, now),
    expiresAt: until,
  };
};
