import { messageUnsubscribed } from '../../events/message.ts';
import { customerById } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import { emit, put } from '../shared/store/changes.ts';
import { optOuts } from './contact.ts';
import type { routes } from './contract.ts';
import { donePage, unknownPage } from './unsubscribe-page.ts';
import { subscriptionIn } from './unsubscribe-token.ts';

export const unsubscribe: Handler<typeof routes.unsubscribe> = async ({ params: { token = '' } }, ctx) => {
  const subscription = await subscriptionIn(token, ctx);
  if (!subscription) return unknownPage();
  const { tenant, channel, topic, messageId } = subscription;
  const { store, now } = ctx.as(tenant, `customer:${subscription.customerId}`);
  // whoever was merged into another since means that one; nothing is sent to who was erased
  const customer = await customerById(store, subscription.customerId);
  if (!customer) return donePage(subscription);
  const { id: customerId } = customer;
  const { url } = await preferencesLink({ tenant, now }, customerId, 'page');
  // the opt-out holds from this instant; the consent follows when customers hears of it
  return store.commit(
    [
      put(optOuts, { customerId, channel, topic, at: now, messageId }),
      emit(messageUnsubscribed, { customerId, about: messageId, data: { channel, topic } }),
    ],
    donePage(subscription, url),
  );
};
