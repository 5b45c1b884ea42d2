import type { UseCase } from '../shared/contract.ts';
import type { routes } from './contract.ts';
import { askingPage, unknownPage } from './unsubscribe-page.ts';
import { subscriptionIn } from './unsubscribe-token.ts';

export const showUnsubscribe: UseCase<typeof routes.showUnsubscribe> = async ({ params: { token = '' } }, ctx) => {
  const subscription = await subscriptionIn(token, ctx);
  return subscription ? askingPage(subscription) : unknownPage();
};
