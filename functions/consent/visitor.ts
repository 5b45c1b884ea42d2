import { accesses } from '../shared/http/access.ts';
import type { Ctx } from '../shared/http/context.ts';
import { preferencesIn } from '../shared/http/preferences-link.ts';
import { wordsFor } from './page-words.ts';
import { preferenceSettingsOf } from './preference-settings.ts';
import { customerAndConsents } from './reads.ts';
import { topicsOf } from './topic.ts';

/** Who visits with a link, and all that the page shows; undefined when the link is not one of ours. */
export const visitorWith = async (token: string, nobody: Ctx) => {
  const claims = await preferencesIn(token, nobody);
  if (!claims) return undefined;
  const { tenant, customerId, issuedAt, until } = claims;
  const ctx = nobody.as(tenant, `customer:${customerId}`);
  const [known, access, settings, topics] = await Promise.all([
    customerAndConsents(ctx.store, customerId),
    ctx.store.get(accesses, { customerId }),
    preferenceSettingsOf(ctx.store),
    topicsOf(ctx.store),
  ]);
  const words = wordsFor(settings, known?.customer.locale);
  const revoked = access !== undefined && issuedAt < access.notBefore;
  return { ctx, settings, words, topics, known: until <= ctx.now || revoked ? undefined : known };
};

export type Visitor = NonNullable<Awaited<ReturnType<typeof visitorWith>>>;
export type Known = NonNullable<Visitor['known']>;
