import { activeCustomer } from '../customers/active-customer.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { consentRoutes } from './consent-routes.ts';
import { decideConsent } from './decide-consent.ts';
import { channelAndTopic } from './set-consent.ts';

export const requestConsent: Handler<typeof consentRoutes.requestConsent> = async ({ params, body }, ctx) => {
  const place = channelAndTopic(params);
  const customer = await activeCustomer(ctx.store, params.id ?? '');
  const said = { ...body, status: 'granted' as const };
  const { consent, changes } = await decideConsent(ctx, { customer, place, said }, { ask: true });
  if (consent.status === 'granted') {
    throw new ApiError('conflict', 'consent.granted', 'the customer has granted this already');
  }
  return ctx.store.commit(changes, consent);
};
