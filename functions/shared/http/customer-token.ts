import type * as z from 'zod';
import type { CustomerId } from '../../../events/ids.ts';
import { accesses } from './access.ts';
import type { Ctx } from './context.ts';
import { tokenExpired, tokenMissing, tokenRevoked, tokenUnknown } from './errors.ts';
import type { Principal } from './principal.ts';
import { customerClaims, customerTokenFor, readToken } from './signed-link.ts';

/** staff tokens have another issuer, and neither is accepted on the other's routes */
const purpose = 'customer';
const Claims = customerClaims(purpose);

export const customerToken = (
  ctx: Pick<Ctx, 'tenant' | 'now'>,
  customerId: z.output<typeof CustomerId>,
  minutes: number,
  issuer?: string,
) => customerTokenFor(purpose, ctx, customerId, `PT${minutes}M`, issuer);

/** The customer that calls, by the bearer token of the request. */
export const customerCalling = async (authorization: string | undefined, ctx: Ctx): Promise<Principal> => {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
  if (!token) throw tokenMissing('A customer’s bearer token is required.');
  const claims = await readToken(Claims, token, ctx);
  if (!claims) throw tokenUnknown();
  const { tenant, customerId, issuedAt, until, issuer } = claims;
  if (until <= ctx.now) throw tokenExpired();
  const access = await ctx.as(tenant, ctx.actor).store.get(accesses, { customerId });
  if (access && issuedAt < access.notBefore) throw tokenRevoked();
  return { tenant, actor: `customer:${customerId}`, scopes: new Set(), me: customerId, ...(issuer ? { issuer } : {}) };
};
