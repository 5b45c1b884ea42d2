import { resolveMerged } from '../customers/active-customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type ConfirmClaims, confirmationIn } from './confirm-link.ts';
import { consents, type StoredConsent } from './consent.ts';
import { wordsFor } from './page-words.ts';
import { preferenceSettingsOf } from './preference-settings.ts';
import { topicsOf } from './topic.ts';

/** waiting: to be confirmed · done: confirmed by this very request · over: expired, withdrawn or replaced since */
const stateOf = (consent: StoredConsent | undefined, { requestId, until }: ConfirmClaims, now: string) => {
  if (consent?.status === 'granted' && consent.confirmation?.requestId === requestId) return 'done';
  const waits = consent?.status === 'pending' && consent.request?.id === requestId;
  const ended = until <= now || (consent?.expiresAt !== undefined && consent.expiresAt <= now);
  return waits && !ended ? 'waiting' : 'over';
};

const known = async (claims: ConfirmClaims, nobody: Ctx) => {
  const ctx = nobody.as(claims.tenant, `customer:${claims.customerId}`);
  const [customer, settings, topics] = await Promise.all([
    resolveMerged(ctx.store, claims.customerId),
    preferenceSettingsOf(ctx.store),
    topicsOf(ctx.store),
  ]);
  const { channel } = claims;
  const place = customer && { customerId: customer.id, channel, topic: claims.topic };
  const consent = place && (await ctx.store.get(consents, place));
  const topic = topics.find(one => one.topic === claims.topic);
  const words = wordsFor(settings, customer?.locale);
  return { ctx, customer, consent, topic, settings, words, state: stateOf(consent, claims, ctx.now) };
};

/** what a link asks to confirm and how that stands; undefined when it is not one of ours */
export const requestIn = async (token: string | undefined, nobody: Ctx) => {
  const claims = await confirmationIn(token ?? '', nobody);
  return claims && known(claims, nobody);
};
