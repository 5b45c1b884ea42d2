import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { plus } from '../time/duration.ts';
import { accesses, type IssuedToken } from './access.ts';
import { ApiError } from './api-error.ts';
import type { Ctx } from './context.ts';
import { Instant } from './contract.ts';
import type { Principal } from './principal.ts';
import { readToken, signedToken } from './signed-link.ts';

/** what a customer's own token says; staff's tokens are of another kind and issuer, and neither opens the other's routes */
const Claims = z.object({
  purpose: z.literal('customer'),
  tenant: z.string(),
  customerId: CustomerId,
  issuedAt: Instant,
  until: Instant,
});

/** A bearer token with which a customer reads and changes what is its own. */
export const customerToken = async (
  { tenant, now }: Pick<Ctx, 'tenant' | 'now'>,
  customerId: z.output<typeof CustomerId>,
  minutes: number,
): Promise<z.output<typeof IssuedToken>> => {
  const until = plus(now, `PT${minutes}M`);
  const claims = { purpose: 'customer' as const, tenant, customerId, issuedAt: now, until };
  return { token: await signedToken(claims, now), expiresAt: until };
};

const refused = (code: string, message: string) => new ApiError('unauthenticated', code, message);

/** Which customer calls, by the bearer token of the request; `ctx` is nobody's. */
export const customerCalling = async (authorization: string | undefined, ctx: Ctx): Promise<Principal> => {
  const [, token] = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '') ?? [];
  if (!token) throw refused('token.missing', 'a customer’s bearer token is needed');
  const claims = await readToken(Claims, token, ctx);
  if (!claims) throw refused('token.unknown', 'this is not a customer’s token');
  const { tenant, customerId, issuedAt, until } = claims;
  if (until <= ctx.now) throw refused('token.expired', 'this token has expired; sign in again');
  const access = await ctx.as(tenant, ctx.actor).store.get(accesses, { customerId });
  if (access && issuedAt < access.notBefore) throw refused('token.revoked', 'this token was revoked; sign in again');
  return { tenant, actor: `customer:${customerId}`, scopes: new Set(), me: customerId };
};
