import type { Handler } from '../shared/http/contract.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import type { routes } from './contract.ts';
import { askingPage, unknownPage } from './unsubscribe-page.ts';
import { subscriptionIn } from './unsubscribe-token.ts';

export const showUnsubscribe: Handler<typeof routes.showUnsubscribe> = async ({ params: { token = '' } }, ctx) => {
  const subscription = await subscriptionIn(token, ctx);
  if (!subscription) return unknownPage();
  const { tenant, customerId } = subscription;
  const { url } = await preferencesLink({ tenant, now: ctx.now }, customerId, 'page');
  return askingPage(subscription, url);
};
