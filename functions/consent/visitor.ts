import { accesses } from '../shared/http/access.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Request } from '../shared/http/contract.ts';
import { preferencesIn } from '../shared/http/preferences-link.ts';
import { wordsFor } from './page.ts';
import { preferenceSettings } from './preference-settings.ts';
import { customerAndConsents } from './reads.ts';
import { topicsOf } from './topic.ts';

type Opened = Pick<Request, 'headers'> & { query: { token: string } };

/** The visitor with a link, and all that the page shows; undefined for an invalid link, without `current` for an expired one. */
export const visitorWith = async ({ query: { token }, headers }: Opened, anonymous: Ctx) => {
  const claims = await preferencesIn(token, anonymous);
  if (!claims) return undefined;
  const { tenant, customerId, issuedAt, until } = claims;
  const ctx = anonymous.as(tenant, `customer:${customerId}`);
  const [found, access, settings, topics] = await Promise.all([
    customerAndConsents(ctx.store, customerId),
    ctx.store.get(accesses, { customerId }),
    preferenceSettings.of(ctx.store),
    topicsOf(ctx.store),
  ]);
  const words = wordsFor(settings, found?.customer.locale, headers);
  const isRevoked = access !== undefined && issuedAt < access.notBefore;
  return { ctx, settings, words, topics, current: until <= ctx.now || isRevoked ? undefined : found };
};

export type Visitor = NonNullable<Awaited<ReturnType<typeof visitorWith>>>;
export type Current = NonNullable<Visitor['current']>;
