import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { addressFields, identifiersOf, type StoredCustomer } from '../customers/customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant, type Request } from '../shared/http/contract.ts';
import { readToken } from '../shared/http/signed-link.ts';
import { consents, type StoredConsent } from './consent.ts';
import { wordsFor } from './page.ts';
import { preferenceSettings } from './preference-settings.ts';
import { topicsOf } from './topic.ts';

const Claims = z.object({
  purpose: z.literal('confirm-consent'),
  tenant: z.string(),
  customerId: CustomerId,
  channel: Channel,
  topic: Topic,
  requestId: z.string(),
  /** digest of the address that it was sent to */
  to: z.string(),
  until: Instant,
});
type Claims = z.output<typeof Claims>;

export const addressDigest = (address = '') => createHash('sha256').update(address).digest('base64url');

/** the address of a customer that a link was sent to, if it is still its own */
const addressOf = (customer: StoredCustomer | undefined, { channel, to }: Claims) => {
  const field = addressFields[channel as keyof typeof addressFields];
  return customer && field && identifiersOf(customer, field).find(one => addressDigest(one) === to);
};

/** waiting: to be confirmed · done: confirmed by this request · over: expired, withdrawn or replaced */
const stateOf = (consent: StoredConsent | undefined, { requestId, until }: Claims, now: string) => {
  if (consent?.status === 'granted' && consent.confirmation?.requestId === requestId) return 'done';
  const isPending = consent?.status === 'pending' && consent.request?.id === requestId;
  const hasEnded = until <= now || (consent?.expiresAt !== undefined && consent.expiresAt <= now);
  return isPending && !hasEnded ? 'waiting' : 'over';
};

/** what a link asks to confirm, and its state; undefined for an invalid link */
export const confirmationFor = async ({ params, headers }: Pick<Request, 'params' | 'headers'>, anonymous: Ctx) => {
  const claims = await readToken(Claims, params.token ?? '', anonymous);
  if (!claims) return undefined;
  const { tenant, customerId, channel, topic: name } = claims;
  const ctx = anonymous.as(tenant, `customer:${customerId}`);
  const { store, now } = ctx;
  const [customer, settings, topics] = await Promise.all([
    resolveMerged(store, customerId),
    preferenceSettings.of(store),
    topicsOf(store),
  ]);
  const address = addressOf(customer, claims);
  const consent =
    customer && address ? await store.get(consents, { customerId: customer.id, channel, topic: name }) : undefined;
  const topic = topics.find(one => one.topic === name);
  const words = wordsFor(settings, customer?.locale, headers);
  return {
    ctx,
    customer,
    address,
    consent,
    topic,
    settings,
    words,
    state: stateOf(consent, claims, now),
  };
};
