import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { messageUnsubscribed } from '../../events/message.ts';
import { branded, channelWord, filled, invalidPage, wordsFor } from '../consent/page.ts';
import { preferenceSettings } from '../consent/preference-settings.ts';
import { customerAndConsents } from '../consent/reads.ts';
import { topicName, topicsOf } from '../consent/topic.ts';
import { accesses } from '../shared/http/access.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers, Instant, type Request } from '../shared/http/contract.ts';
import { escaped } from '../shared/http/html-page.ts';
import { linkLasts, preferencesLink } from '../shared/http/preferences-link.ts';
import { readToken, signedUrl } from '../shared/http/signed-link.ts';
import { emit, put } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import { optOuts } from './contact-history.ts';
import { unsubscribeRoutes } from './contract.ts';

const Subscription = z.object({
  purpose: z.literal('unsubscribe'),
  tenant: z.string(),
  customerId: CustomerId,
  channel: Channel,
  topic: Topic,
  messageId: z.string(),
  issuedAt: Instant,
});
type Subscription = z.output<typeof Subscription>;

export const unsubscribeUrl = (
  subscription: Omit<Subscription, 'purpose' | 'issuedAt'>,
  now: string,
): Promise<string> => signedUrl({ purpose: 'unsubscribe', ...subscription, issuedAt: now }, now);

/** what a link unsubscribes from, and what its pages show; undefined for an invalid link */
const subscriptionIn = async ({ params, headers }: Pick<Request, 'params' | 'headers'>, anonymous: Ctx) => {
  const subscription = await readToken(Subscription, params.token ?? '', anonymous);
  if (!subscription) return undefined;
  const { tenant, customerId, channel, topic } = subscription;
  const ctx = anonymous.as(tenant, `customer:${customerId}`);
  const [{ customer, consents } = { consents: [] }, settings, topics] = await Promise.all([
    customerAndConsents(ctx.store, customerId),
    preferenceSettings.of(ctx.store),
    topicsOf(ctx.store),
  ]);
  const out = customer && (await ctx.store.get(optOuts, { customerId: customer.id, channel, topic }));
  const given = consents.find(one => one.channel === channel && one.topic === topic);
  const isOut = out !== undefined && (given?.implied || out.at >= (given?.at ?? ''));
  const isDone = !customer || isOut || (given !== undefined && given.status !== 'granted');
  const words = wordsFor(settings, customer?.locale, headers);
  const name = topicName(
    topics.find(one => one.topic === topic),
    topic,
    words.locale,
  );
  const named = `<strong>${escaped(name)}</strong> (${escaped(channelWord(words, channel))})`;
  return { ...subscription, ctx, customer, isDone, settings, words, named };
};

type Shown = NonNullable<Awaited<ReturnType<typeof subscriptionIn>>>;

/** A link to all choices; none for a customer who was erased, nor by a link that is as old as the links that were revoked. */
const preferences = async ({ ctx, customer, words, issuedAt }: Shown) => {
  const access = customer && (await ctx.store.get(accesses, { customerId: customer.id }));
  const isRevoked = access !== undefined && issuedAt < access.notBefore;
  if (!customer || isRevoked || plus(issuedAt, linkLasts.message) <= ctx.now) return '';
  const { url } = await preferencesLink(ctx, customer.id, 'page');
  return `<p><a href="${escaped(url)}">${escaped(words.manage)}</a></p>`;
};

/** the form posts to the address of the page itself */
const askPage = async (shown: Shown) => {
  const { unsubscribe: title, unsubscribeQuestion } = shown.words;
  const button = `<button type="submit">${escaped(title)}</button>`;
  const form = `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">${button}</form>`;
  return branded(shown, {
    title,
    body: `<p>${filled(unsubscribeQuestion, shown.named)}</p>${form}${await preferences(shown)}`,
  });
};

const donePage = async (shown: Shown) => {
  const { unsubscribed: title, unsubscribeText } = shown.words;
  const body = `<p role="status">${filled(unsubscribeText, shown.named)}</p>${await preferences(shown)}`;
  return branded(shown, { title, body });
};

export const unsubscribeHandlers = handlers(unsubscribeRoutes, {
  showUnsubscribe: async (request, anonymous) => {
    const shown = await subscriptionIn(request, anonymous);
    if (!shown) return invalidPage(request);
    return shown.isDone ? donePage(shown) : askPage(shown);
  },
  unsubscribe: async (request, anonymous) => {
    const shown = await subscriptionIn(request, anonymous);
    if (!shown) return invalidPage(request);
    const { ctx, customer, channel, topic, messageId } = shown;
    const done = await donePage(shown);
    if (!customer) return done;
    const { id: customerId } = customer;
    // the opt-out is in force from this instant; the consent is withdrawn by a reaction to the event
    return ctx.store.commit(
      [
        put(optOuts, { customerId, channel, topic, at: ctx.now, messageId }),
        emit(messageUnsubscribed, { customerId, about: messageId, data: { channel, topic } }),
      ],
      done,
    );
  },
});
