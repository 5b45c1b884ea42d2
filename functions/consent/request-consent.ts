import { living } from '../customers/living.ts';
import { Refusal } from '../shared/http/api-error.ts';
import type { UseCase } from '../shared/http/contract.ts';
import type { consentRoutes } from './consent-routes.ts';
import { decideConsent } from './decide-consent.ts';
import { channelAndTopic } from './set-consent.ts';

export const requestConsent: UseCase<typeof consentRoutes.requestConsent> = async ({ params, body }, ctx) => {
  const place = channelAndTopic(params);
  const customer = await living(ctx.store, params.id ?? '');
  const said = { ...body, status: 'granted' as const };
  const { consent, changes } = await decideConsent(ctx, { customer, place, said }, { ask: true });
  if (consent.status === 'granted') {
    throw new Refusal('conflict', 'consent.granted', 'the customer has granted this already');
  }
  return ctx.store.commit(changes, consent);
};
