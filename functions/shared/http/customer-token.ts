import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { plus } from '../time/duration.ts';
import { accesses, type IssuedToken } from './access.ts';
import { ApiError } from './api-error.ts';
import type { Ctx } from './context.ts';
import { Instant } from './contract.ts';
import type { Principal } from './principal.ts';
import { readToken, signedToken } from './signed-link.ts';

/** the claims of a customer's token; staff tokens have another issuer, and neither is accepted on the other's routes */
const Claims = z.object({
  purpose: z.literal('customer'),
  tenant: z.string(),
  customerId: CustomerId,
  issuedAt: Instant,
  until: Instant,
});

export const customerToken = async (
  { tenant, now }: Pick<Ctx, 'tenant' | 'now'>,
  customerId: z.output<typeof CustomerId>,
  minutes: number,
): Promise<z.output<typeof IssuedToken>> => {
  const until = plus(now, `PT${minutes}M`);
  const claims = { purpose: 'customer' as const, tenant, customerId, issuedAt: now, until };
  return { token: await signedToken(claims, now), expiresAt: until };
};

const unauthenticated = (code: string, message: string) => new ApiError('unauthenticated', code, message);

/** The customer that calls, by the bearer token of the request. */
export const customerCalling = async (authorization: string | undefined, ctx: Ctx): Promise<Principal> => {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
  if (!token) throw unauthenticated('token.missing', 'A customer’s bearer token is required.');
  const claims = await readToken(Claims, token, ctx);
  if (!claims) throw unauthenticated('token.unknown', 'The token is not a valid customer token.');
  const { tenant, customerId, issuedAt, until } = claims;
  if (until <= ctx.now) throw unauthenticated('token.expired', 'The token has expired. Sign in again.');
  const access = await ctx.as(tenant, ctx.actor).store.get(accesses, { customerId });
  if (access && issuedAt < access.notBefore)
    throw unauthenticated('token.revoked', 'The token was revoked. Sign in again.');
  return { tenant, actor: `customer:${customerId}`, scopes: new Set(), me: customerId };
};
