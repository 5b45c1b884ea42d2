import { consentDue } from '../../events/consent.ts';
import { messageUnsubscribed } from '../../events/message.ts';
import { on } from '../shared/http/contract.ts';
import { confirmationRoutes, consentRoutes, purposeRoutes, topicRoutes } from './consent-routes.ts';
import { preferenceRoutes } from './preference-routes.ts';

export const about = 'Consents of customers, topics of messages, purposes of processing, and the preference page.';

export const routes = {
  ...consentRoutes,
  ...confirmationRoutes,
  ...topicRoutes,
  ...preferenceRoutes,
  ...purposeRoutes,
};

export const subscriptions = {
  withdrawConsent: on([messageUnsubscribed], 'withdraws a consent when an unsubscribe link is used'),
  expireConsent: on([consentDue], 'records that a consent has expired unless it was renewed'),
};
