import type * as z from 'zod';
import type { CustomerId } from '../../../events/ids.ts';
import { env } from '../aws/env.ts';
import type { Ctx } from './context.ts';
import { customerClaims, customerTokenFor, readToken } from './signed-link.ts';

/** it opens the customer's preference page, and nothing else */
const purpose = 'preferences';
const Claims = customerClaims(purpose);

/** how long a link can be used: one in a message, one that staff hands over, one on the page of another link */
export const linkLasts = { message: 'P90D', staff: 'P7D', page: 'P1D' } as const;

export const preferencesLink = async (
  ctx: Pick<Ctx, 'tenant' | 'now'>,
  customerId: z.output<typeof CustomerId>,
  lasts: keyof typeof linkLasts,
): Promise<{ url: string; expiresAt: string }> => {
  const { token, expiresAt } = await customerTokenFor(purpose, ctx, customerId, linkLasts[lasts]);
  return { url: `${env.publicUrl()}/v1/preferences?token=${token}`, expiresAt };
};

/** the claims of a preference link, expired or not; undefined when the link is not valid */
export const preferencesIn = (token: string, ctx: Ctx) => readToken(Claims, token, ctx);
