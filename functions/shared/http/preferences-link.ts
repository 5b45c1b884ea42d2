import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { env } from '../aws/env.ts';
import { plus } from '../time/duration.ts';
import type { Ctx } from './context.ts';
import { Instant } from './contract.ts';
import { readToken, signedToken } from './signed-link.ts';

/** it opens the customer's preference page, and nothing else */
const Claims = z.object({
  purpose: z.literal('preferences'),
  tenant: z.string(),
  customerId: CustomerId,
  issuedAt: Instant,
  until: Instant,
});
export type PreferencesClaims = z.output<typeof Claims>;

/** how long a link can be used: one in a message, one that staff hands over, one on the page of another link */
export const linkLasts = { message: 'P90D', staff: 'P7D', page: 'P1D' } as const;

type For = Pick<Ctx, 'tenant' | 'now'>;

export const preferencesLink = async (
  { tenant, now }: For,
  customerId: PreferencesClaims['customerId'],
  lasts: keyof typeof linkLasts,
): Promise<{ url: string; expiresAt: string }> => {
  const until = plus(now, linkLasts[lasts]);
  const token = await signedToken({ purpose: 'preferences', tenant, customerId, issuedAt: now, until }, now);
  return { url: `${env.publicUrl()}/v1/preferences?token=${token}`, expiresAt: until };
};

/** the claims of a preference link, expired or not; undefined when the link is not valid */
export const preferencesIn = (token: string, ctx: Ctx) => readToken(Claims, token, ctx);
