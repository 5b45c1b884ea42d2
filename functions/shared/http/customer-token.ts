import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { plus } from '../time/duration.ts';
import { accesses, type IssuedToken } from './access.ts';
import type { Ctx } from './context.ts';
import { Instant } from './contract.ts';
import { tokenExpired, tokenMissing, tokenRevoked, tokenUnknown } from './errors.ts';
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

/** The customer that calls, by the bearer token of the request. */
export const customerCalling = async (authorization: string | undefined, ctx: Ctx): Promise<Principal> => {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
  if (!token) throw tokenMissing('A customer’s bearer token is required.');
  const claims = await readToken(Claims, token, ctx);
  if (!claims) throw tokenUnknown();
  const { tenant, customerId, issuedAt, until } = claims;
  if (until <= ctx.now) throw tokenExpired();
  const access = await ctx.as(tenant, ctx.actor).store.get(accesses, { customerId });
  if (access && issuedAt < access.notBefore) throw tokenRevoked();
  return { tenant, actor: `customer:${customerId}`, scopes: new Set(), me: customerId };
};
