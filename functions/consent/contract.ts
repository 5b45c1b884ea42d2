import { consentDue } from '../../events/consent.ts';
import { messageUnsubscribed } from '../../events/message.ts';
import { on, route } from '../shared/http/contract.ts';
import { Consent } from './consent.ts';
import { consentRoutes } from './consent-routes.ts';
import { preferenceRoutes } from './preference-routes.ts';
import { purposeRoutes } from './purposes/purpose-routes.ts';
import { SaidConsent } from './said-consent.ts';

export const about = 'What a customer agreed to, and the page on which it decides.';

export const routes = {
  setConsent: route('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    summary: 'Record that a customer granted or withdrew consent',
    scope: 'customers.write',
    body: SaidConsent,
    reply: Consent,
    errors: ['consent.not-askable', 'consent.no-address', 'consent.asked-too-often'],
    example: { status: 'granted', source: 'checkout form', proof: { form: 'checkout-3', ip: '203.0.113.7' } },
  }),
  ...consentRoutes,
  ...preferenceRoutes,
  ...purposeRoutes,
};

export const subscriptions = {
  withdrawConsent: on([messageUnsubscribed], 'withdraws the consent that a customer ended with an unsubscribe link'),
  expireConsent: on([consentDue], 'notes that a consent has run out, unless it was renewed'),
};
