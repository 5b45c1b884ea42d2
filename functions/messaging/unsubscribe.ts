import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { messageUnsubscribed } from '../../events/message.ts';
import { customerById } from '../customers/reads.ts';
import { handlers } from '../shared/http/contract.ts';
import { escaped, htmlPage } from '../shared/http/html-page.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import { readToken, signedUrl } from '../shared/http/signed-link.ts';
import { emit, put } from '../shared/store/changes.ts';
import { optOuts } from './contact-history.ts';
import { unsubscribeRoutes } from './contract.ts';

const Subscription = z.object({
  purpose: z.literal('unsubscribe'),
  tenant: z.string(),
  customerId: CustomerId,
  channel: Channel,
  topic: Topic,
  messageId: z.string(),
});
type Subscription = z.output<typeof Subscription>;

export const unsubscribeUrl = (subscription: Omit<Subscription, 'purpose'>, now: string): Promise<string> =>
  signedUrl({ purpose: 'unsubscribe', ...subscription }, now);

const notice = ({ channel, topic }: Subscription) =>
  `You will no longer get <strong>${escaped(topic)}</strong> messages by ${escaped(channel)}.`;

const preferences = (url: string) => `<p><a href="${escaped(url)}">All your preferences</a></p>`;

// the form posts to the address of the page itself
const confirmForm =
  '<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">Unsubscribe</button></form>';

const donePage = (subscription: Subscription, preferencesUrl?: string) =>
  htmlPage({
    title: 'You are unsubscribed',
    body: `<p role="status">${notice(subscription)}</p>${preferencesUrl ? preferences(preferencesUrl) : ''}`,
  });

const invalidPage = () =>
  htmlPage({
    status: 404,
    title: 'This link is not valid',
    body: '<p>Please use the link exactly as it was in the message.</p>',
  });

export const unsubscribeHandlers = handlers(unsubscribeRoutes, {
  showUnsubscribe: async ({ params: { token = '' } }, ctx) => {
    const subscription = await readToken(Subscription, token, ctx);
    if (!subscription) return invalidPage();
    const { tenant, customerId } = subscription;
    const { url } = await preferencesLink({ tenant, now: ctx.now }, customerId, 'page');
    return htmlPage({ title: 'Unsubscribe', body: `<p>${notice(subscription)}</p>${confirmForm}${preferences(url)}` });
  },
  unsubscribe: async ({ params: { token = '' } }, ctx) => {
    const subscription = await readToken(Subscription, token, ctx);
    if (!subscription) return invalidPage();
    const { tenant, channel, topic, messageId } = subscription;
    const { store, now } = ctx.as(tenant, `customer:${subscription.customerId}`);
    const customer = await customerById(store, subscription.customerId);
    if (!customer) return donePage(subscription);
    const { id: customerId } = customer;
    const { url } = await preferencesLink({ tenant, now }, customerId, 'page');
    // the opt-out is in force from this instant; the consent is withdrawn by a reaction to the event
    return store.commit(
      [
        put(optOuts, { customerId, channel, topic, at: now, messageId }),
        emit(messageUnsubscribed, { customerId, about: messageId, data: { channel, topic } }),
      ],
      donePage(subscription, url),
    );
  },
});
